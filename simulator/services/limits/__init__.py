"""What a provider bounds: rates, repetitions, lifetimes, sizes."""
