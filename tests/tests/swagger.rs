//! Swagger 2.0: what each part becomes, and where its diagnostics are.

mod swagger {
    mod bodies;
    mod case;
    mod commands;
    mod damage;
    mod inheritance;
    mod parameters;
    mod places;
    mod references;
    mod responses;
    mod servers;
    mod twin;
}
