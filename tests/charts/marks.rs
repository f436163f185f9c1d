//! What the views say, in marks and in words.

use crate::fixtures::{
    counting_chart, exclusion_chart, flux_bound_chart, ionisation_chart, magneton_chart, plane, recoil_chart,
};
use crate::svg::{summary, texts};
use dipole_portal::chart::exclusion::exclusion;
use dipole_portal::chart::{Amount, Chart, Dash, Mark, Role, Theme, ThemeName, ValueTable, Weight, to_svg};

fn drawing(chart: &Chart) -> String {
    to_svg(chart, &Theme::new(ThemeName::Light), 768, 440).expect("a buffer can be drawn on")
}

fn says(svg: &str, said: &str) -> bool {
    texts(svg).iter().any(|text| text.text == said)
}

/// A number of a table, by row and name of the column.
fn number(table: &ValueTable, row: usize, column: &str) -> f64 {
    let column = table
        .columns
        .iter()
        .position(|name| name == column)
        .expect("there is such a column");
    let cell = table.rows[row].1[column].as_ref();
    let number = cell.and_then(|amount| match amount {
        Amount::Number { value, .. } => Some(*value),
        Amount::Word(_) => None,
    });
    number.expect("the cell is a number")
}

#[test]
fn the_dipole_alone_is_drawn_in_every_view_that_is_asked_for_it() {
    type View = (&'static str, fn(bool) -> Chart);
    let views: [View; 4] = [
        ("recoil", recoil_chart),
        ("ionisation", ionisation_chart),
        ("counting", counting_chart),
        ("flux bound", |parts| flux_bound_chart(2.0, parts)),
    ];
    for (view, chart) in views {
        let drawn = |parts| {
            let svg = drawing(&chart(parts));
            (svg.matches("dipole alone").count(), svg.matches("#D6372D").count())
        };
        let ((named, strokes), (not_named, fewer)) = (drawn(true), drawn(false));
        assert!(
            named > 0 && not_named == 0,
            "{view}: named {named} and {not_named} times"
        );
        // In every panel, dashed: more than its sample in the legend.
        assert!(strokes > fewer + 10, "{view}: {strokes} strokes against {fewer}");
    }
    for panel in counting_chart(true).panels.iter().chain(&ionisation_chart(true).panels) {
        assert!(
            panel
                .layers
                .iter()
                .any(|layer| layer.role == Role::Dipole && matches!(layer.mark, Mark::Steps { .. }))
        );
    }
}

#[test]
fn counts_are_held_against_the_largest_that_is_allowed() {
    let chart = flux_bound_chart(2.0, false);
    let svg = drawing(&chart);
    for said in [
        "SM: 2.25",
        "SM + dipole: 4.25",
        "90 % bound: 6.10",
        "SM at the 90 % bound of the flux",
    ] {
        assert!(says(&svg, said), "nothing says '{said}'");
    }
    let table = chart.panels[1].table(25);
    assert_eq!(table.rows.len(), 1);
    assert_eq!(number(&table, 0, "SM + dipole"), 4.25);
    assert_eq!(number(&table, 0, "90 % bound"), 6.1);
    // The SM at the bound is the SM, times what the bound allows.
    let table = chart.panels[0].table(25);
    let ratio = number(&table, 12, "SM at the 90 % bound of the flux") / number(&table, 12, "SM");
    assert!((ratio - 6.1 / 2.25).abs() < 1e-12);
}

#[test]
fn the_bound_does_not_move_with_the_dipole() {
    let place = |dipole: f64| {
        let svg = drawing(&flux_bound_chart(dipole, false));
        texts(&svg)
            .into_iter()
            .find(|text| text.text.starts_with("90 % bound"))
            .map(|text| (text.x, text.y))
    };
    assert!(place(0.0).is_some());
    assert_eq!(place(0.0), place(1e5));
}

#[test]
fn where_everything_is_excluded_the_plane_says_so_and_gives_no_number() {
    let chart = exclusion_chart();
    assert!(says(&drawing(&chart), "PandaX-4T: everything excluded"));
    let panel = &chart.panels[0];
    let reading = panel
        .reading(panel.nearest(1.0).expect("there are abscissas"))
        .expect("and values");
    let rows: Vec<_> = reading.rows.iter().filter(|row| row.name == "PandaX-4T").collect();
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0].amount, Amount::Word("everything excluded".to_owned()));
    assert_eq!(rows[0].amount.text(4, "GeV⁻¹"), "everything excluded");
}

#[test]
fn the_best_fit_of_an_experiment_is_named() {
    assert!(says(&drawing(&exclusion_chart()), "best fit of COHERENT"));
}

#[test]
fn the_upper_end_of_what_is_excluded_is_thin_and_dashed_and_can_be_read() {
    let chart = exclusion_chart();
    let panel = &chart.panels[0];
    let of = |name: &str| {
        panel
            .layers
            .iter()
            .find(|layer| layer.name == name)
            .expect("there is such a layer")
    };
    // Its name is written where the visitor looks at the experiment, or at none.
    let named_beside = |chosen: &str| {
        let mut view = plane(0.0, (0.5, 3e-9));
        view.computed
            .iter_mut()
            .for_each(|curve| curve.chosen = curve.name == chosen);
        says(&drawing(&exclusion(&view)), "COHERENT, upper end")
    };
    assert_eq!(["COHERENT", "XENON1T", ""].map(named_beside), [true, false, true]);
    let (limit, ceiling) = (of("COHERENT"), of("COHERENT, upper end"));
    assert_eq!(
        (ceiling.role, ceiling.dash, ceiling.weight),
        (limit.role, Dash::Dashed, Weight::Thin)
    );
    let reading = panel
        .reading(panel.nearest(30.0).expect("there are abscissas"))
        .expect("and values");
    let value = |name: &str| match reading.rows.iter().find(|row| row.name == name).map(|row| &row.amount) {
        Some(Amount::Number { value, .. }) => *value,
        other => panic!("{name}: {other:?}"),
    };
    assert!(value("COHERENT, upper end") > value("COHERENT"));
}

#[test]
fn the_plane_speaks_the_unit_that_is_chosen() {
    let (gev, magneton) = (exclusion_chart(), magneton_chart());
    let (in_gev, in_magnetons) = (drawing(&gev), drawing(&magneton));
    assert!(says(&in_gev, "coupling d  [GeV⁻¹]") && says(&in_magnetons, "coupling d  [μ_B]"));
    assert!(says(&in_magnetons, "10⁻¹⁴") && !says(&in_gev, "10⁻¹⁴"));
    // The curves are where they were: only what is written changes.
    let curves = |svg: &str| -> Vec<String> {
        let blue = |line: &&str| line.starts_with("polyline #0072B2");
        summary(svg).lines().filter(blue).map(str::to_owned).collect()
    };
    assert!(!curves(&in_gev).is_empty());
    assert_eq!(curves(&in_gev), curves(&in_magnetons));
    let (gev, magneton) = (&gev.panels[0], &magneton.panels[0]);
    assert_eq!((gev.y_unit.as_str(), magneton.y_unit.as_str()), ("GeV⁻¹", "μB"));
    let ratio = number(&gev.table(20), 2, "Dresden-II") / number(&magneton.table(20), 2, "Dresden-II");
    assert!((ratio / 296.3 - 1.0).abs() < 1e-12, "{ratio}");
}
