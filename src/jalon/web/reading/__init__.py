"""The page that shows a document beside what is read in it, for those who deposit, for visitors who try, for all."""
