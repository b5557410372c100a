"""The ground floor: things with no business words in them."""
