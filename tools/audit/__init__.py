"""What is measured on each page of the book, and how good it must be."""
