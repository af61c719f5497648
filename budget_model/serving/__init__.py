"""What stands between the network and the dashboard: who is answered, what each answer carries, which files are taken."""
