"""The views but for the Code view, and the screens that open over them."""
