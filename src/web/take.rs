//! What a visitor takes away: files, pictures, and what goes to the clipboard. A program of its own, which is fetched when it is first asked for.

use super::dom::{Result, document, find, from_core, root, window};
use crate::chart::{Color, Theme, ThemeName, wrapped};
use crate::language;
use crate::page::export::{Format, Subject};
use crate::page::session::Session;
use crate::page::words;
use js_sys::Array;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Blob, BlobPropertyBag, CanvasRenderingContext2d, Element, Event, HtmlAnchorElement, HtmlCanvasElement, Url,
};

/// Milliseconds after which a file must have been saved: its memory is given back.
const SAVED_MS: i32 = 60_000;

/// The event of a canvas that is about to be copied: the page, which may be another program than this, draws it as sharp as a picture has to be.
pub(super) const TO_BE_TAKEN: &str = "tobetaken";

/// Takes away what a button asks for (`spectrum csv`, `plane png`, `link`, `limit`), of the page at an address (what stands behind the `#`);
/// says what was done. The page is computed anew, as the command line does it, so that both give the same.
///
/// # Errors
/// What the core or the browser says.
pub fn take(asked: &str, address: &str) -> Result<String> {
    let (what, how) = asked.split_once(' ').unwrap_or((asked, ""));
    // Numbers have the same names in every language, for programs that read them: those of the command line. This program lives on, so that
    // the last file may have been another.
    if matches!(how, "csv" | "json") {
        language::speak("").map_err(from_core)?;
    } else {
        super::speak()?;
    }
    let mut session = Session::with_every_table(address).map_err(from_core)?;
    while session.tick(&mut || 0.0) {}
    match (what.parse::<Subject>(), how.parse::<Format>()) {
        (Ok(subject), Ok(format)) => {
            let file = session.export(subject, format).map_err(from_core)?;
            let kind = BlobPropertyBag::new();
            kind.set_type(file.media_type);
            let parts = Array::of1(&JsValue::from_str(&file.text));
            save(&Blob::new_with_str_sequence_and_options(&parts, &kind)?, &file.name)?;
            super::speak()?;
            Ok(words::saved(&file.name))
        }
        (Ok(subject), Err(_)) => picture(&session, subject),
        _ => copy(&session, what),
    }
}

/// Puts the address of the page, or the limit of the chosen experiment, on the clipboard.
fn copy(session: &Session, what: &str) -> Result<String> {
    let text = match what {
        "link" => window()?.location().href()?,
        _ => session.limit_in_words().unwrap_or_default(),
    };
    // Without a secure connection there is no clipboard: what would be on it is to be read and copied by hand.
    let navigator = window()?.navigator();
    if js_sys::Reflect::get(&navigator, &"clipboard".into())?.is_undefined() || text.is_empty() {
        return Ok(words::to_copy(&text));
    }
    // A browser may refuse all the same; what is said then takes the place of what is returned here.
    let refused = words::to_copy(&text);
    let said = Closure::<dyn FnMut(JsValue)>::once(move |_| {
        if let Ok(place) = root().and_then(|root| find::<Element>(&root, "[data-taken]")) {
            place.set_text_content(Some(&refused));
        }
    });
    let _ = navigator.clipboard().write_text(&text).catch(&said);
    // Whether it is ever called is the browser's affair.
    said.forget();
    Ok(words::copied(&text))
}

/// Saves a chart as it is drawn, but sharper, with what it is above and the settings below.
fn picture(session: &Session, subject: Subject) -> Result<String> {
    let name = session.file_name(subject, "png");
    let root = root()?;
    let theme = root
        .get_attribute("data-theme")
        .and_then(|name| name.parse::<ThemeName>().ok());
    let theme = Theme::new(theme.unwrap_or(ThemeName::Light));
    let figure = match subject {
        Subject::Spectrum => "figure[data-chart='spectrum']",
        _ => "figure[data-chart='exclusion']",
    };
    let figure: Element = find(&root, figure)?;
    let shown: HtmlCanvasElement = find(&figure, "canvas")?;
    // In a frame that shows the other chart alone.
    if shown.width() == 0 || shown.height() == 0 {
        return Ok(say!("This chart is hidden here: there is no picture of it to save.").to_owned());
    }
    shown.dispatch_event(&Event::new(TO_BE_TAKEN)?)?;
    let title = match subject {
        Subject::Spectrum => find::<Element>(&figure, "[data-caption]")?
            .text_content()
            .unwrap_or_default(),
        _ => words::plane().to_owned(),
    };
    let dots = f64::from(shown.width()) / shown.get_bounding_client_rect().width().max(1.0);
    let band = 2.2 * theme.font_px * dots;
    const FOOT_EM: f64 = 0.93;
    let foot = [words::point(session.state().benchmark), session.signature()];
    let foot = wrapped(&foot, f64::from(shown.width()) / (FOOT_EM * theme.font_px * dots) - 3.0);
    let line = 1.3 * theme.font_px * dots;
    let canvas: HtmlCanvasElement = document()?.create_element("canvas")?.dyn_into()?;
    canvas.set_width(shown.width());
    canvas.set_height(shown.height() + (1.4 * band + line * foot.len() as f64) as u32);
    let context: Option<CanvasRenderingContext2d> =
        canvas.get_context("2d")?.and_then(|context| context.dyn_into().ok());
    let context = context.ok_or("the browser gives the canvas no 2d context")?;
    let (width, height) = (f64::from(canvas.width()), f64::from(canvas.height()));
    let css = |(red, green, blue): Color| format!("rgb({red} {green} {blue})");
    context.set_fill_style_str(&css(theme.paper));
    context.fill_rect(0.0, 0.0, width, height);
    context.draw_image_with_html_canvas_element(&shown, 0.0, band)?;
    let write = |text: &str, em: f64, y: f64| {
        context.set_font(&format!("{}px sans-serif", em * theme.font_px * dots));
        context.fill_text_with_max_width(text, band / 3.0, y, width - band)
    };
    context.set_fill_style_str(&css(theme.ink));
    write(&title, 1.1, 0.7 * band)?;
    context.set_fill_style_str(&css(theme.faint));
    for (index, text) in foot.iter().rev().enumerate() {
        write(text, FOOT_EM, height - 0.3 * band - line * index as f64)?;
    }
    let said = words::saved(&name);
    let done = Closure::once_into_js(move |blob: Option<Blob>| {
        if let Some(blob) = blob {
            super::crash::report(save(&blob, &name));
        }
    });
    canvas.to_blob(done.unchecked_ref())?;
    Ok(said)
}

/// Has the browser save a file.
fn save(file: &Blob, name: &str) -> Result<()> {
    let address = Url::create_object_url_with_blob(file)?;
    let link: HtmlAnchorElement = document()?.create_element("a")?.dyn_into()?;
    link.set_href(&address);
    link.set_download(name);
    link.click();
    // Some browsers fetch it only after this.
    let forget = Closure::once_into_js(move || drop(Url::revoke_object_url(&address)));
    window()?.set_timeout_with_callback_and_timeout_and_arguments_0(forget.unchecked_ref(), SAVED_MS)?;
    Ok(())
}
