"""What a provider checks and does, each rule a requirement with its check."""
