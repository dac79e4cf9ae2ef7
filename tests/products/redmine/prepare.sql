-- REST on, one public project, a role for the hub that sees no private note, and two fields of issues.
INSERT INTO settings(name, value, updated_on) VALUES ('rest_api_enabled', '1', NOW());
UPDATE users SET must_change_passwd = 0, passwd_changed_on = NOW() WHERE login = 'admin';
INSERT INTO projects(name, identifier, is_public, status, created_on, updated_on, lft, rgt)
  VALUES ('민원', 'minwon', 1, 1, NOW(), NOW(), 1, 2);
INSERT INTO enabled_modules(project_id, name) SELECT id, 'issue_tracking' FROM projects;
INSERT INTO projects_trackers(project_id, tracker_id) SELECT p.id, t.id FROM projects p, trackers t;
INSERT INTO roles(name, position, assignable, builtin, permissions, issues_visibility, users_visibility, time_entries_visibility, all_roles_managed)
  VALUES ('연계', 6, 0, 0, '---\n- :view_issues\n- :add_issues\n- :edit_issues\n- :add_issue_notes\n- :view_members\n', 'default', 'all', 'all', 1);
INSERT INTO workflows(tracker_id, old_status_id, new_status_id, role_id, assignee, author, type, field_name, rule)
  SELECT tracker_id, old_status_id, new_status_id, (SELECT id FROM roles WHERE name = '연계'), assignee, author, type, field_name, rule
  FROM workflows WHERE role_id = 3;
INSERT INTO custom_fields(type, name, field_format, is_required, is_for_all, is_filter, position, searchable, editable, visible, multiple, format_store, description, default_value)
  VALUES ('IssueCustomField', '접수번호', 'string', 0, 1, 1, 1, 1, 1, 1, 0, '---\ntext_formatting: ''''\n', '', ''),
         ('IssueCustomField', '연계키', 'string', 0, 1, 1, 2, 0, 1, 1, 0, '---\ntext_formatting: ''''\n', '', '');
INSERT INTO custom_fields_trackers(custom_field_id, tracker_id) SELECT f.id, t.id FROM custom_fields f, trackers t;
-- After the people
INSERT INTO members(user_id, project_id, created_on, mail_notification)
  SELECT u.id, p.id, NOW(), 0 FROM users u, projects p WHERE u.login IN ('hub', 'kim', 'hong');
INSERT INTO member_roles(member_id, role_id)
  SELECT m.id, r.id FROM members m JOIN users u ON u.id = m.user_id
  JOIN roles r ON r.name = CASE u.login WHEN 'hub' THEN '연계' WHEN 'hong' THEN '보고자' ELSE '개발자' END;
