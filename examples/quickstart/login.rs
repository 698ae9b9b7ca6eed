//! Logins by who and from where: labels whose values are all known.

use axum::body::Bytes;
use metrics_core::{LabelValue, metrics};
use serde_json::Value;

use crate::service::{BadRequest, bad_request};

metrics! {
    /// Logins, by type of user and platform.
    // Both labels are enums, so all sixteen series are in every scrape, with 0 for what never happened, and
    // no client can add a seventeenth.
    static LOGINS_TOTAL: Counter<user_type: UserType, platform: Platform>;
}

/// The label values are `guest`, `member`, `admin` and `other`.
#[derive(LabelValue)]
enum UserType {
    Guest,
    Member,
    Admin,
    Other,
}

#[derive(LabelValue)]
enum Platform {
    Web,
    Ios,
    Android,
    Other,
}

/// Takes `{"user_type": "member", "platform": "ios"}`.
pub(crate) async fn login(body: Bytes) -> Result<&'static str, BadRequest> {
    let login: Value = serde_json::from_slice(&body)
        .map_err(|error| bad_request(format!("the body is not JSON: {error}")))?;
    let user_type = match field(&login, "user_type").unwrap_or("guest") {
        "guest" => UserType::Guest,
        "member" => UserType::Member,
        "admin" => UserType::Admin,
        _ => UserType::Other,
    };
    let platform = match field(&login, "platform").unwrap_or("web") {
        "web" => Platform::Web,
        "ios" => Platform::Ios,
        "android" => Platform::Android,
        _ => Platform::Other,
    };
    LOGINS_TOTAL { user_type, platform }.inc();
    Ok("Welcome!\n")
}

/// A field's text, which is empty if the field is something else than text; `None` if there is no such field.
fn field<'a>(login: &'a Value, name: &str) -> Option<&'a str> {
    login.get(name).map(|value| value.as_str().unwrap_or_default())
}
