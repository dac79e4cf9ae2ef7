-- Test complaints go to boards behind agents, too. What an agent is given of them lies in trial.feed_changes, and is counted by the same
-- positions as what is real: an agent keeps one cursor. Up to which position it has read of either is noted apart, so that
-- nothing is passed over when its agency goes from one stage to another.
alter table feeds add column trial_read_to bigint not null default 0;
