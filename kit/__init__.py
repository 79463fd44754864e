"""What every page stands on: scopes, actions, events, form keys, versions, jobs, small numbers, charts and PDF."""
