"""What rules know of monitoring and self-evaluation: views of what is reported, and scores."""
