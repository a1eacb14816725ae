//! A typed client for releasing Boomi integration packs.
