-- What a hall wants a slot to hold, while more than that is taken: it shrinks as places are given back.
alter table slots add column planned integer check (planned > 0);
