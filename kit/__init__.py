"""What every page stands on: scopes, actions, events, versions, jobs, small numbers, charts and PDF."""
