"""The workbench: desks, screens and widgets over ``Project``. Screens know the project; widgets know only values."""
