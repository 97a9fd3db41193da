"""The server: hypercorn's HTTP/1.1 and HTTP/2 over our TLS, with bounds on what peers may do to it."""
