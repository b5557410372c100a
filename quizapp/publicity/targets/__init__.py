"""The plan of a year by unit and kind (普法责任清单), and progress against it."""
