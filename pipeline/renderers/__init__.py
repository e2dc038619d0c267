"""Publication → bytes: one module an edition kind, all of them walking nodes through `html`."""
