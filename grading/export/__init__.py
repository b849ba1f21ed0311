"""What other systems want: an autograder, a course folder, a table of grades in their own format."""
