"""The desks, and the screens and questions that open over them."""
