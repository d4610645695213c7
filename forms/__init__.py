"""The field kit: declares and validates; web draws."""
