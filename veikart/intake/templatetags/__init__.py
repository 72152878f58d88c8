"""What the templates of the intake can say."""
