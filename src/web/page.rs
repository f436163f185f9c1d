//! The page at work: what happens becomes an action, and once per frame everything that has changed is shown.

mod charts;

use self::charts::Which;
use super::address;
use super::controls::Controls;
use super::crash;
use super::dom::{self, Result, window};
use super::elements::Elements;
use super::listen::Listener;
use super::navigate::Gesture;
use super::show;
use super::timing::Stopwatch;
use super::workers::WorkerService;
use crate::analysis::jobs::Job;
use crate::chart::{Theme, ThemeName};
use crate::page::action::{Action, WorkOrder};
use crate::page::inputs::InputsPane;
use crate::page::session::Session;
use crate::page::state::ThemeChoice;
use crate::page::view::PageView;
use crate::work::{Event as News, Generation, Priority, Unavailable};
use std::cell::RefCell;
use std::rc::{Rc, Weak};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Event, TouchEvent};

/// Milliseconds of rest after which address and tables follow.
const REST_MS: i32 = 250;
/// Width of a window, in CSS pixels, from which on charts have larger letters and heavier lines.
const WIDE_PX: f64 = 2112.0;
/// Milliseconds after which an address that the browser has refused is tried again.
const REFUSED_MS: i32 = 2000;

/// Session and document.
pub(super) struct Page {
    pub(super) session: Session,
    pub(super) elements: Elements,
    workers: Option<WorkerService<Job>>,
    /// What the workers are at.
    generation: Option<Generation>,
    controls: Controls,
    shown: Option<PageView>,
    theme: Option<Theme>,
    stopwatch: Stopwatch,
    /// The chart that is drawn first, because it had to wait.
    waits: Option<Which>,
    /// The pointer that drags the point of the plane.
    pub(super) dragging: Option<i32>,
    /// What moves the frame of the plane.
    pub(super) gesture: Option<Gesture>,
    frame: Callback,
    frame_asked: bool,
    /// The frame that was asked for last.
    frame_id: i32,
    rest: Callback,
    rest_timer: Option<i32>,
    /// Whether the tables of the charts hold less than what is drawn.
    tables_due: bool,
    /// Whether names of curves are where they were during a movement.
    untidy: bool,
    /// Whether the document says that nothing is left to do.
    settled: bool,
    address_due: bool,
    resolution: Option<Listener>,
    itself: Weak<RefCell<Page>>,
}

/// The page as its listeners share it.
pub(super) type Shared = Rc<RefCell<Page>>;

/// A closure that the browser calls again and again: made once, not once per event.
type Callback = Closure<dyn FnMut()>;

impl Page {
    /// The page of a session, with nothing shown yet; with workers where there is a program for them, whose glue script has the address `glue`.
    pub(super) fn new(session: Session, glue: Option<String>) -> Result<Shared> {
        let root = dom::root()?;
        let controls = Controls::new(&root, &session.controls())?;
        let elements = Elements::new(root)?;
        let stopwatch = Stopwatch::new()?;
        let page = Rc::new_cyclic(|page: &Weak<RefCell<Self>>| {
            RefCell::new(Self {
                session,
                elements,
                workers: None,
                generation: None,
                controls,
                shown: None,
                theme: None,
                stopwatch,
                waits: None,
                dragging: None,
                gesture: None,
                frame: callback(page, Self::draw_frame),
                frame_asked: false,
                frame_id: 0,
                rest: callback(page, Self::come_to_rest),
                rest_timer: None,
                tables_due: false,
                untidy: false,
                settled: false,
                address_due: true,
                resolution: None,
                itself: Weak::clone(page),
            })
        });
        if crate::WORKSHOP
            && let Some(glue) = glue
        {
            employ(&page, glue);
        }
        Ok(page)
    }

    /// Shows the first charts, with the curves that are ready by then, and what waits for rest otherwise.
    pub(super) fn begin(&mut self) -> Result<()> {
        while self.redraw()? {}
        self.watch_resolution()?;
        self.come_to_rest()
    }

    /// Takes the news of the workers.
    fn hear(&mut self, event: News<Job>) -> Result<()> {
        // The end of what a hand waits for is seen by its answers.
        if matches!(&event, News::Finished { generation } if Some(*generation) != self.generation) {
            return self.ask_frame();
        }
        let service = self.workers.as_ref();
        let progress = service
            .zip(self.generation)
            .and_then(|(service, generation)| service.progress(generation));
        self.act(Action::Work(Box::new(event), progress))
    }

    /// Lets something happen, and sees to everything that follows from it.
    fn act(&mut self, action: Action) -> Result<()> {
        let effect = self.session.apply(action);
        if crate::WORKSHOP
            && let Some(order) = effect.work
        {
            self.carry_out(order);
        }
        self.address_due |= effect.address;
        // Boxes and sliders follow the hand at once, and not with the next frame.
        self.controls.show(&self.session.controls())?;
        self.ask_frame()
    }

    /// The same for what a hand does: address and tables follow when it rests.
    pub(super) fn dispatch(&mut self, action: Action) -> Result<()> {
        self.act(action)?;
        self.ask_rest(REST_MS)
    }

    /// Passes an order on to the workers; where that is impossible, says so beside the button.
    fn carry_out(&mut self, order: WorkOrder) {
        let done = match (&self.workers, order) {
            (Some(service), WorkOrder::Start(jobs, priority)) => service.submit(jobs, priority).map(|generation| {
                // Only what may take its time has its progress shown.
                if priority == Priority::Background {
                    self.generation = Some(generation);
                }
            }),
            (Some(service), WorkOrder::Stop) => service.cancel(Priority::Background),
            (None, WorkOrder::Start(..)) => Err("there is no service of workers".into()),
            (None, WorkOrder::Stop) => Ok(()),
        };
        if let Err(error) = done {
            crash::note(&error);
            let reason = Unavailable::Refused;
            self.session
                .apply(Action::Work(Box::new(News::Unavailable { reason }), None));
        }
    }

    /// Draws with the next frame, however much happens before it.
    pub(super) fn ask_frame(&mut self) -> Result<()> {
        if !std::mem::replace(&mut self.frame_asked, true) {
            self.frame_id = window()?.request_animation_frame(self.frame.as_ref().unchecked_ref())?;
        }
        self.say_settled()
    }

    /// Nothing that was asked of the browser comes back to this page any more.
    pub(super) fn retire(&mut self) -> Result<()> {
        let window = window()?;
        window.cancel_animation_frame(self.frame_id)?;
        if let Some(timer) = self.rest_timer.take() {
            window.clear_timeout_with_handle(timer);
        }
        Ok(())
    }

    fn ask_rest(&mut self, after_ms: i32) -> Result<()> {
        let window = window()?;
        if let Some(timer) = self.rest_timer.take() {
            window.clear_timeout_with_handle(timer);
        }
        let rest = self.rest.as_ref().unchecked_ref();
        self.rest_timer = Some(window.set_timeout_with_callback_and_timeout_and_arguments_0(rest, after_ms)?);
        self.say_settled()
    }

    fn draw_frame(&mut self) -> Result<()> {
        self.frame_asked = false;
        if self.redraw()? {
            self.ask_frame()?;
        } else if self.rest_timer.is_none() {
            self.finish()?;
        }
        Ok(())
    }

    /// Computes and shows; returns whether there is more to compute.
    pub(super) fn redraw(&mut self) -> Result<bool> {
        self.stopwatch.start()?;
        let stopwatch = &self.stopwatch;
        let more = self.session.tick(&mut || stopwatch.now());
        self.stopwatch.computed()?;
        let mut view = self.session.view();
        // The charts first: for a font browsers bring the style of the whole document up to date, and after the texts have changed that is
        // half of the drawing.
        let waits = self.draw_charts(&mut view)?;
        self.controls.show(&view.controls)?;
        show::show(&self.elements, &view, self.shown.as_ref())?;
        show::problems(&self.elements, &view);
        self.shown = Some(view);
        self.stopwatch.drawn()?;
        self.elements
            .root
            .toggle_attribute_with_force("data-lacks-tables", self.session.lacks_tables())?;
        if !crate::WORKSHOP {
            let lacks = self.session.lacks_workshop();
            self.elements
                .root
                .toggle_attribute_with_force("data-lacks-workshop", lacks)?;
        }
        self.say_settled()?;
        Ok(more || waits)
    }

    /// The theme that is chosen; but paper is white, and a lecture (`www/modes.js`) is projected, with letters of the size that it says.
    fn theme(&self, choice: ThemeChoice) -> Result<Theme> {
        if self.is_printing() {
            return Ok(Theme::new(ThemeName::Light));
        }
        if let Some(size) = self.elements.root.get_attribute("data-lecture") {
            let mut theme = Theme::new(ThemeName::Projector);
            if let Ok(size_px) = size.parse::<u8>().map(f64::from) {
                theme.line_px *= size_px / theme.font_px;
                theme.font_px = size_px;
            }
            return Ok(theme);
        }
        let mut theme = Theme::new(match choice {
            ThemeChoice::Light => ThemeName::Light,
            ThemeChoice::Dark => ThemeName::Dark,
            ThemeChoice::Projector => ThemeName::Projector,
            ThemeChoice::Auto => {
                let query = window()?.match_media("(prefers-color-scheme: dark)")?;
                let dark = query.is_some_and(|query| query.matches());
                if dark { ThemeName::Dark } else { ThemeName::Light }
            }
        });
        // As the type of the page (`www/style.css`).
        let width = window()?.inner_width()?.as_f64().unwrap_or_default();
        let larger = (width / WIDE_PX).max(1.0);
        theme.font_px *= larger;
        theme.line_px *= larger;
        Ok(theme)
    }

    /// What may wait until the hand rests: the address; names and tables once the drawing is complete.
    fn come_to_rest(&mut self) -> Result<()> {
        self.rest_timer = None;
        if !self.frame_asked {
            self.finish()?;
        }
        if self.address_due {
            // A browser refuses when it is asked too often: the address follows with a later rest.
            match address::write(&self.session.address()) {
                Ok(()) => self.address_due = false,
                Err(error) => {
                    crash::note(&error);
                    self.ask_rest(REFUSED_MS)?;
                }
            }
        }
        self.say_settled()
    }

    /// The hand rests and the drawing is complete: names find their best places, so that what is to be seen depends on what is
    /// chosen and not on the way there, and the tables are written of what is drawn.
    fn finish(&mut self) -> Result<()> {
        if let Some(theme) = self
            .theme
            .filter(|_| self.untidy && self.dragging.is_none() && self.gesture.is_none())
        {
            self.untidy = false;
            self.elements.spectrum.tidy(&theme)?;
            self.elements.plane.tidy(&theme)?;
        }
        if std::mem::take(&mut self.tables_due) {
            self.elements.spectrum.write_table()?;
            self.elements.plane.write_table()?;
        }
        self.say_settled()
    }

    /// Says in the document whether nothing is left to compute or to draw.
    fn say_settled(&mut self) -> Result<()> {
        let is_waiting = self.frame_asked || self.rest_timer.is_some() || self.tables_due || self.untidy;
        let settled = !is_waiting && self.shown.as_ref().is_some_and(|shown| shown.settled);
        if std::mem::replace(&mut self.settled, settled) != settled {
            let root = &self.elements.root;
            root.toggle_attribute_with_force("data-settled", settled)?;
        }
        Ok(())
    }

    /// The charts may have another size by now, or another resolution.
    pub(super) fn resized(&mut self) -> Result<()> {
        self.elements.spectrum.resized();
        self.elements.plane.resized();
        self.ask_frame()
    }

    /// Whether what is drawn is for the printer, as `www/start.js` says it.
    fn is_printing(&self) -> bool {
        self.elements.root.has_attribute("data-printing")
    }

    /// Draws everything for the printer, or for the screen again; at once, since no frame comes before the paper.
    pub(super) fn print(&mut self) -> Result<()> {
        let printing = self.is_printing();
        self.elements.spectrum.print(printing);
        self.elements.plane.print(printing);
        self.begin()
    }

    /// What the controls show may be out of step with the state.
    pub(super) fn forget_controls(&mut self) {
        self.controls.forget();
        self.forget_inputs();
    }

    /// So may the controls of inputs: what is moved and taken back before a frame, or to a value that is refused, changes nothing that would be shown anew.
    pub(super) fn forget_inputs(&mut self) {
        if crate::WORKSHOP
            && let Some(shown) = &mut self.shown
        {
            shown.inputs = InputsPane::default();
        }
    }

    /// Takes the state from the address again, as typed by hand or by going back.
    pub(super) fn readdress(&mut self) -> Result<()> {
        self.forget_controls();
        let text = address::read()?;
        self.dispatch(Action::Address { text })
    }

    /// The drawer of the nuisances has been opened or closed.
    pub(super) fn toggle_nuisances(&mut self) -> Result<()> {
        match &self.shown {
            Some(view) if self.elements.nuisance_drawer.open() => {
                show::nuisances(&self.elements, &view.spectrum.content)
            }
            _ => Ok(()),
        }
    }

    /// The drawer of what matters most has been opened or closed.
    pub(super) fn look_at_sensitivity(&mut self) -> Result<()> {
        let open = self.elements.sensitivity_drawer.open();
        self.dispatch(Action::LookAtSensitivity(open))
    }

    /// Moves the point of the plane to a pixel of its canvas.
    pub(super) fn move_point(&mut self, x: f64, y: f64) -> Result<()> {
        self.session.apply(Action::Point(None));
        match self.elements.plane.values_at(x, y) {
            Some((mass_mev, coupling_per_gev)) => self.dispatch(Action::MovePoint {
                mass_mev,
                coupling_per_gev,
            }),
            None => Ok(()),
        }
    }

    /// Whether a finger has come down on the point of the plane.
    pub(super) fn is_touched(&self, event: &TouchEvent) -> bool {
        event.touches().get(0).is_some_and(|touch| {
            let place = self.elements.plane.canvas().get_bounding_client_rect();
            let (x, y) = (
                f64::from(touch.client_x()) - place.left(),
                f64::from(touch.client_y()) - place.top(),
            );
            self.is_on_point(x, y)
        })
    }

    /// Draws anew when the page comes to a screen of another resolution, and waits for the next such move.
    pub(super) fn watch_resolution(&mut self) -> Result<()> {
        let window = window()?;
        let query = format!("(resolution: {}dppx)", window.device_pixel_ratio());
        let Some(resolution) = window.match_media(&query)? else {
            return Ok(());
        };
        let page = Weak::clone(&self.itself);
        let moved = move |_: Event| {
            if let Some(page) = page.upgrade() {
                let page = &mut *page.borrow_mut();
                crash::report(page.resized().and_then(|()| page.watch_resolution()));
            }
        };
        self.resolution = Some(Listener::new(&resolution, "change", true, Box::new(moved))?);
        Ok(())
    }

    /// Whether a pixel of the plane is on the point, for a finger.
    pub(super) fn is_on_point(&self, x: f64, y: f64) -> bool {
        /// Half the width of a fingertip, in CSS pixels.
        const FINGER_PX: f64 = 36.0;
        let benchmark = self.session.state().benchmark;
        let point = self
            .elements
            .plane
            .pixel_of(benchmark.mass_mev, benchmark.coupling_per_gev);
        point.is_some_and(|(px, py)| (px - x).hypot(py - y) < FINGER_PX)
    }
}

/// Gives the page a service of workers. Without one it goes on with its live curves; asking for precise ones then says that there is none.
fn employ(page: &Shared, glue: String) {
    let weak = Rc::downgrade(page);
    let heard = move |event| {
        if let Some(page) = weak.upgrade() {
            crash::report(page.borrow_mut().hear(event));
        }
    };
    match WorkerService::new(glue, heard) {
        Ok(service) => page.borrow_mut().workers = Some(service),
        Err(error) => crash::note(&error),
    }
}

/// A callback of the page that says its errors on the page.
fn callback(page: &Weak<RefCell<Page>>, act: fn(&mut Page) -> Result<()>) -> Callback {
    let page = Weak::clone(page);
    Closure::new(move || {
        if let Some(page) = page.upgrade() {
            crash::report(act(&mut page.borrow_mut()));
        }
    })
}
