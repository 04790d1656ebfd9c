-- Texts of a city's consents, every version that was ever in force: a citizen may read what they agreed to.
alter table cities add column consents jsonb;
-- Of the text that was agreed to; null where there was none yet, or none was shown.
alter table consents add column version integer;
-- What a use was for, in the contract's words; null with what was noted before and is none of them.
alter table data_uses add column kind text;
update data_uses set kind = 'bills' where purpose ->> 'zh' = '查询账单';
update data_uses set kind = 'copy' where purpose ->> 'zh' = '下载个人信息副本';
update data_uses set kind = 'other-citizen' where by_whom ->> 'zh' = '另一位市民';
