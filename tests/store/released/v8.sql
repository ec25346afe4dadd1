BEGIN TRANSACTION;
CREATE TABLE answer_history (
	change_number INTEGER NOT NULL, 
	filing_id TEXT NOT NULL, 
	path TEXT DEFAULT '' NOT NULL, 
	"before" TEXT DEFAULT 'null' NOT NULL, 
	"after" TEXT DEFAULT 'null' NOT NULL, 
	changed_at TEXT DEFAULT '' NOT NULL, 
	changed_by TEXT DEFAULT '' NOT NULL, 
	PRIMARY KEY (change_number), 
	FOREIGN KEY(filing_id) REFERENCES filings (filing_id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "answer_history" VALUES(1,'F1','annual_target','"第0稿"','"第1稿"','2026-09-01T08:31:00.000000Z','王芳');
INSERT INTO "answer_history" VALUES(2,'F1','annual_target','"第1稿"','"第2稿"','2026-09-01T08:32:00.000000Z','王芳');
CREATE TABLE approvals (
	approval_number INTEGER NOT NULL, 
	unit_code TEXT DEFAULT '' NOT NULL, 
	project_id TEXT DEFAULT '' NOT NULL, 
	budget_year INTEGER DEFAULT '0' NOT NULL, 
	form_id TEXT DEFAULT '' NOT NULL, 
	document_number TEXT DEFAULT '' NOT NULL, 
	approved_on TEXT, 
	amount_fen BIGINT, 
	answers TEXT DEFAULT '{}' NOT NULL, 
	adjustments INTEGER DEFAULT '0' NOT NULL, 
	is_by_hand INTEGER DEFAULT '0' NOT NULL, 
	noted_at TEXT DEFAULT '' NOT NULL, 
	noted_by TEXT DEFAULT '' NOT NULL, 
	withdrawn_at TEXT, 
	PRIMARY KEY (approval_number)
);
INSERT INTO "approvals" VALUES(1,'990101','P1',2027,'performance_target','示财预〔2027〕1号','2027-02-01',12000001,'{"annual_funds_fen":12000000,"annual_target":"全年完成镇内村道日常养护，保障群众出行安全。","indicators":[{"comparator":"≥","direction":"positive","first_level":"output","measure_unit":"公里","planned_value":"1","row_id":"r1","second_level":"quantity","third_level":"养护村道里程（第1标段）","weight":"0.25"},{"comparator":"≥","direction":"positive","first_level":"output","measure_unit":"公里","planned_value":"2","row_id":"r2","second_level":"quantity","third_level":"养护村道里程（第2标段）","weight":"0.25"}],"project_name":"农村公路日常养护"}',0,0,'2026-09-01T08:31:00.000000Z','王芳',NULL);
INSERT INTO "approvals" VALUES(2,'990101','P1',2027,'performance_target','示财预〔2027〕2号','2027-02-02',12000002,'{"annual_funds_fen":12000000,"annual_target":"全年完成镇内村道日常养护，保障群众出行安全。","indicators":[{"comparator":"≥","direction":"positive","first_level":"output","measure_unit":"公里","planned_value":"1","row_id":"r1","second_level":"quantity","third_level":"养护村道里程（第1标段）","weight":"0.25"},{"comparator":"≥","direction":"positive","first_level":"output","measure_unit":"公里","planned_value":"2","row_id":"r2","second_level":"quantity","third_level":"养护村道里程（第2标段）","weight":"0.25"}],"project_name":"农村公路日常养护"}',1,0,'2026-09-01T08:32:00.000000Z','王芳',NULL);
CREATE TABLE audit_log (
	number INTEGER NOT NULL, 
	at TEXT DEFAULT '' NOT NULL, 
	who TEXT DEFAULT '' NOT NULL, 
	action TEXT DEFAULT '' NOT NULL, 
	subject TEXT DEFAULT '' NOT NULL, 
	what TEXT DEFAULT '' NOT NULL, 
	detail TEXT DEFAULT '{}' NOT NULL, 
	previous TEXT DEFAULT '' NOT NULL, 
	digest TEXT DEFAULT '' NOT NULL, 
	PRIMARY KEY (number)
);
INSERT INTO "audit_log" VALUES(1,'2026-09-01T08:33:00.000000Z','李文','review','F2','审核通过','{"version":1}','0000000000000000000000000000000000000000000000000000000000000000','e989cbb2ab7351efb3125049d00f885c24f804319d25a7aef807b810eca3171c');
INSERT INTO "audit_log" VALUES(2,'2026-09-01T08:34:00.000000Z','王芳','withdraw','F2','撤回审核决定','{}','e989cbb2ab7351efb3125049d00f885c24f804319d25a7aef807b810eca3171c','618fdbd38dd6c0eb8c9d213224ac2e2d78224b5449e9a8a76e4265e1078a9a4a');
CREATE TABLE certificates (
	serial TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	fingerprint TEXT NOT NULL, 
	unit_code TEXT DEFAULT '' NOT NULL, 
	pem TEXT DEFAULT '' NOT NULL, 
	at TEXT DEFAULT '' NOT NULL, 
	revoked_at TEXT, 
	PRIMARY KEY (serial, kind, fingerprint)
);
INSERT INTO "certificates" VALUES('01','issued','fp-01','990101','-----PEM-----','2026-09-01T08:30:00.000000Z','2026-09-01T08:33:00.000000Z');
CREATE TABLE counters (
	name TEXT NOT NULL, 
	value INTEGER DEFAULT '0' NOT NULL, 
	PRIMARY KEY (name)
);
INSERT INTO "counters" VALUES('package',1);
INSERT INTO "counters" VALUES('audit_log',2);
CREATE TABLE desk_users (
	user_id TEXT NOT NULL, 
	position INTEGER DEFAULT '0' NOT NULL, 
	name TEXT DEFAULT '' NOT NULL, 
	roles TEXT DEFAULT '[]' NOT NULL, 
	office TEXT DEFAULT '' NOT NULL, 
	verifier TEXT DEFAULT 'null' NOT NULL, 
	is_active INTEGER DEFAULT '0' NOT NULL, 
	must_change INTEGER DEFAULT '0' NOT NULL, 
	changed_at TEXT, 
	PRIMARY KEY (user_id)
);
INSERT INTO "desk_users" VALUES('U1',1,'审核员1','["office_reviewer"]','农业股','{"key":"11","salt":"00"}',1,0,'2026-09-01T08:31:00.000000Z');
INSERT INTO "desk_users" VALUES('U2',2,'审核员2','["office_reviewer"]','农业股','null',0,0,'2026-09-01T08:32:00.000000Z');
CREATE TABLE evidence (
	evidence_number INTEGER NOT NULL, 
	evidence_id TEXT DEFAULT '' NOT NULL, 
	filing_id TEXT NOT NULL, 
	place TEXT DEFAULT '' NOT NULL, 
	name TEXT DEFAULT '' NOT NULL, 
	size BIGINT DEFAULT '0' NOT NULL, 
	sha256 TEXT DEFAULT '' NOT NULL, 
	note TEXT DEFAULT '' NOT NULL, 
	added_at TEXT DEFAULT '' NOT NULL, 
	added_by TEXT DEFAULT '' NOT NULL, 
	removed_at TEXT, 
	PRIMARY KEY (evidence_number), 
	FOREIGN KEY(filing_id) REFERENCES filings (filing_id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "evidence" VALUES(1,'E1','F1','indicators[r1]','养护现场1.jpg',1001,'0000000000000000000000000000000000000000000000000000000000000001','现场照片','2026-09-01T08:31:00.000000Z','张敏',NULL);
INSERT INTO "evidence" VALUES(2,'E2','F1','indicators[r1]','养护现场2.jpg',1002,'0000000000000000000000000000000000000000000000000000000000000002','现场照片','2026-09-01T08:32:00.000000Z','张敏','2026-09-01T08:39:00.000000Z');
CREATE TABLE filing_contents (
	filing_id TEXT NOT NULL, 
	explanations TEXT DEFAULT '{}' NOT NULL, 
	answers TEXT DEFAULT '{}' NOT NULL, 
	PRIMARY KEY (filing_id), 
	FOREIGN KEY(filing_id) REFERENCES filings (filing_id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "filing_contents" VALUES('F1','{"C20":"上级文件规定"}','{"annual_funds_fen":12000000,"annual_target":"全年完成镇内村道日常养护，保障群众出行安全。","indicators":[{"comparator":"≥","direction":"positive","first_level":"output","measure_unit":"公里","planned_value":"1","row_id":"r1","second_level":"quantity","third_level":"养护村道里程（第1标段）","weight":"0.25"},{"comparator":"≥","direction":"positive","first_level":"output","measure_unit":"公里","planned_value":"2","row_id":"r2","second_level":"quantity","third_level":"养护村道里程（第2标段）","weight":"0.25"}],"project_name":"农村公路日常养护"}');
INSERT INTO "filing_contents" VALUES('F2','{"C20":"上级文件规定"}','{"annual_funds_fen":12000000,"annual_target":"全年完成镇内村道日常养护，保障群众出行安全。","indicators":[{"comparator":"≥","direction":"positive","first_level":"output","measure_unit":"公里","planned_value":"1","row_id":"r1","second_level":"quantity","third_level":"养护村道里程（第1标段）","weight":"0.25"},{"comparator":"≥","direction":"positive","first_level":"output","measure_unit":"公里","planned_value":"2","row_id":"r2","second_level":"quantity","third_level":"养护村道里程（第2标段）","weight":"0.25"}],"project_name":"农村公路日常养护"}');
CREATE TABLE filings (
	filing_id TEXT NOT NULL, 
	task_id TEXT DEFAULT '' NOT NULL, 
	form_id TEXT DEFAULT '' NOT NULL, 
	form_version TEXT DEFAULT '' NOT NULL, 
	budget_year INTEGER DEFAULT '0' NOT NULL, 
	unit_code TEXT DEFAULT '' NOT NULL, 
	project_id TEXT DEFAULT '' NOT NULL, 
	status TEXT DEFAULT '' NOT NULL, 
	version INTEGER DEFAULT '0' NOT NULL, 
	revision INTEGER DEFAULT '0' NOT NULL, 
	exempt_reason TEXT DEFAULT '' NOT NULL, 
	updated_at TEXT, 
	amount_fen BIGINT, 
	score TEXT, 
	grade TEXT, 
	progress INTEGER DEFAULT '0' NOT NULL, 
	blocking INTEGER DEFAULT '0' NOT NULL, 
	to_explain INTEGER DEFAULT '0' NOT NULL, 
	PRIMARY KEY (filing_id)
);
INSERT INTO "filings" VALUES('F1','2027-target','performance_target','1',2027,'990101','P1','draft',0,1,'','2026-09-01T08:30:00.000000Z',12000000,NULL,NULL,80,1,2);
INSERT INTO "filings" VALUES('F2','2027-overall','performance_target','1',2027,'990101','','sealed',1,1,'','2026-09-01T08:30:00.000000Z',12000000,'92.5','优',80,1,2);
CREATE TABLE indicator_rows (
	filing_id TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	row_id TEXT, 
	first_level TEXT, 
	second_level TEXT, 
	third_level TEXT, 
	comparator TEXT, 
	planned_value TEXT, 
	measure_unit TEXT, 
	weight TEXT, 
	direction TEXT, 
	actual_value TEXT, 
	others TEXT, 
	PRIMARY KEY (filing_id, position), 
	FOREIGN KEY(filing_id) REFERENCES filings (filing_id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "indicator_rows" VALUES('F1',0,'r1','output','quantity','养护村道里程（第1标段）','≥','1','公里','0.25','positive',NULL,NULL);
INSERT INTO "indicator_rows" VALUES('F1',1,'r2','output','quantity','养护村道里程（第2标段）','≥','2','公里','0.25','positive',NULL,NULL);
INSERT INTO "indicator_rows" VALUES('F2',0,'r1','output','quantity','养护村道里程（第1标段）','≥','1','公里','0.25','positive',NULL,NULL);
INSERT INTO "indicator_rows" VALUES('F2',1,'r2','output','quantity','养护村道里程（第2标段）','≥','2','公里','0.25','positive',NULL,NULL);
CREATE TABLE intake_decisions (
	decision_number INTEGER NOT NULL, 
	filing_id TEXT NOT NULL, 
	is_adopted INTEGER DEFAULT '0' NOT NULL, 
	kept_sha256 TEXT DEFAULT '' NOT NULL, 
	kept_version INTEGER DEFAULT '0' NOT NULL, 
	came_sha256 TEXT DEFAULT '' NOT NULL, 
	came_version INTEGER DEFAULT '0' NOT NULL, 
	reason TEXT DEFAULT '' NOT NULL, 
	decided_by TEXT DEFAULT '' NOT NULL, 
	at TEXT DEFAULT '' NOT NULL, 
	PRIMARY KEY (decision_number), 
	FOREIGN KEY(filing_id) REFERENCES filings (filing_id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "intake_decisions" VALUES(1,'F2',1,'bb',1,'c4',1,'单位来函说明','周正','2026-09-01T08:34:00.000000Z');
CREATE TABLE kits (
	kit_number INTEGER NOT NULL, 
	kit_id TEXT DEFAULT '' NOT NULL, 
	version INTEGER DEFAULT '0' NOT NULL, 
	working_year INTEGER DEFAULT '0' NOT NULL, 
	digest TEXT DEFAULT '' NOT NULL, 
	taken_at TEXT DEFAULT '' NOT NULL, 
	is_current INTEGER DEFAULT '0' NOT NULL, 
	content TEXT DEFAULT '' NOT NULL, 
	PRIMARY KEY (kit_number)
);
INSERT INTO "kits" VALUES(1,'990000-2026',1,2026,'aa','2026-09-01T08:30:00.000000Z',1,'{"certificates":[],"check_settings":{"C20":{"limit_fen":100}},"division_code":"990000","ex_ante":null,"ex_ante_scheme":null,"form_settings":[{"amount_unit":"wan_yuan","budget_year":0,"form_id":"performance_target","form_version":"1","frame_id":"frame","scheme_id":"scheme","title":""}],"former_roots":[],"frames":[{"columns":["comparator","planned_value"],"firsts":[{"code":"output","is_required":true,"label":"产出指标","seconds":[{"code":"quantity","is_required":true,"label":"数量指标"}]}],"frame_id":"frame","layout":"annual","name":"指标框架"}],"fund_types":[],"indicator_library":[],"is_builtin":false,"is_practice":false,"issued_on":"2026-07-01","issuer_name":"示例县财政局","issues":[],"kit_id":"990000-2026","monitoring":null,"name":"示例县任务参数包","platform_mappings":[],"project_categories":[],"rectification":null,"register":[{"budget_fen":100,"budget_year":2027,"bureau_office":"","category":"","exempt_reason":"","forms_due":["performance_target","self_evaluation"],"fund_type":"一般公共预算","project_code":"990000270000000000001","project_name":"项目1","unit_code":"990101"}],"renewal_notice_days":60,"required_indicators":[],"review":null,"revocation_list":"","root_certificate":"","root_links":[],"same_scores_from":3,"schemes":[{"bands":[],"caps":[],"clause":"","declaration_total":"90","deviation":null,"entered_items":[],"equal":"like_positive","execution":{"clause":"","funds":"all_funds","steps":[],"zero_budget":"no_points"},"execution_score":"10","first_level_weights":[{"benefit":"40.0","output":"50"}],"grades":[{"lower":"90","name":"优"}],"name":"计分方案","not_applicable":"other_indicators","over_achievement":null,"pass_share":"0","reverse":"quotient","rules":[],"scheme_id":"scheme","score_decimals":2,"weights_at_declaration":true,"zero_target":"by_sign"}],"self_evaluation":null,"target_review":null,"tasks":[{"budget_year":2027,"closes_on":"2026-10-31","filer":"unit","form_id":"performance_target","is_optional":false,"is_repeatable":false,"levels":[],"name":"绩效目标申报","opens_on":"2026-08-01","period":"","period_month":0,"stage":null,"task_id":"2027-target","unit_categories":[]}],"trust_mode":"simple","units":[{"bureau_office":"","category":"乡镇","code":"990101","contact_name":"王芳","contact_phone":"","department_code":"990101","department_name":"","duties":"","name":"示例县东风镇人民政府"},{"bureau_office":"","category":"","code":"990201","contact_name":"","contact_phone":"","department_code":"990200","department_name":"示例县教育局","duties":"","name":"示例县第一小学"}],"version":1,"working_year":2026}');
CREATE TABLE packages (
	manifest_sha256 TEXT NOT NULL, 
	direction TEXT DEFAULT '' NOT NULL, 
	message_type TEXT DEFAULT '' NOT NULL, 
	unit_code TEXT DEFAULT '' NOT NULL, 
	unit_name TEXT DEFAULT '' NOT NULL, 
	working_year INTEGER DEFAULT '0' NOT NULL, 
	number INTEGER DEFAULT '0' NOT NULL, 
	file_name TEXT DEFAULT '' NOT NULL, 
	source_path TEXT DEFAULT '' NOT NULL, 
	archive_name TEXT DEFAULT '' NOT NULL, 
	size BIGINT DEFAULT '0' NOT NULL, 
	payload_sha256 TEXT DEFAULT '' NOT NULL, 
	signer TEXT DEFAULT '{}' NOT NULL, 
	verdict TEXT DEFAULT '{}' NOT NULL, 
	filing_versions TEXT DEFAULT '[]' NOT NULL, 
	at TEXT DEFAULT '' NOT NULL, 
	receipt_sha256 TEXT DEFAULT '' NOT NULL, 
	carrier_sha256 TEXT DEFAULT '' NOT NULL, 
	PRIMARY KEY (manifest_sha256)
);
INSERT INTO "packages" VALUES('bb','sent','submission','990101','示例县东风镇人民政府',2026,1,'990101_2026_submission_1_bb.asice','E:\报送','bb.asice',3000000000,'abababababababababababababababababababababababababababababababab','{"name":"王芳","role":"填报人"}','{"reasons":[],"word":"valid"}','[["F1",1],["F2",3]]','2026-09-01T08:32:00.000000Z','','');
INSERT INTO "packages" VALUES('cc','received','submission','990101','示例县东风镇人民政府',2026,1,'990101_2026_submission_1_cc.asice','E:\报送','cc.asice',3000000000,'abababababababababababababababababababababababababababababababab','{"name":"王芳","role":"填报人"}','{"reasons":[],"word":"valid"}','[["F1",1],["F2",3]]','2026-09-01T08:33:00.000000Z','','bb');
CREATE TABLE paper_filings (
	filing_id TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	file_name TEXT DEFAULT '' NOT NULL, 
	sha256 TEXT DEFAULT '' NOT NULL, 
	taken_by TEXT DEFAULT '' NOT NULL, 
	taken_at TEXT DEFAULT '' NOT NULL, 
	paper_came_on TEXT, 
	could_not_read INTEGER DEFAULT '0' NOT NULL, 
	PRIMARY KEY (filing_id, version), 
	FOREIGN KEY(filing_id) REFERENCES filings (filing_id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "paper_filings" VALUES('F2',1,'自评表.xlsx','abababababababababababababababababababababababababababababababab','李文','2026-09-01T08:31:00.000000Z','2026-09-01',2);
CREATE TABLE payment_ledger (
	line_number INTEGER NOT NULL, 
	unit_code TEXT DEFAULT '' NOT NULL, 
	project_code TEXT DEFAULT '' NOT NULL, 
	budget_year INTEGER DEFAULT '0' NOT NULL, 
	spending_fen BIGINT DEFAULT '0' NOT NULL, 
	as_of TEXT, 
	source TEXT DEFAULT '' NOT NULL, 
	taken_at TEXT DEFAULT '' NOT NULL, 
	batch_id TEXT DEFAULT '' NOT NULL, 
	PRIMARY KEY (line_number)
);
INSERT INTO "payment_ledger" VALUES(1,'990101','99010127T000000000001',2026,100,'2026-10-31','支付进度.xlsx','2026-09-01T08:30:00.000000Z','B1');
CREATE TABLE platform_batches (
	batch_number INTEGER NOT NULL, 
	batch_id TEXT DEFAULT '' NOT NULL, 
	kinds TEXT DEFAULT '[]' NOT NULL, 
	file_name TEXT DEFAULT '' NOT NULL, 
	line_count INTEGER DEFAULT '0' NOT NULL, 
	taken_at TEXT DEFAULT '' NOT NULL, 
	taken_by TEXT DEFAULT '' NOT NULL, 
	undo TEXT DEFAULT '{}' NOT NULL, 
	taken_back_at TEXT, 
	PRIMARY KEY (batch_number)
);
INSERT INTO "platform_batches" VALUES(1,'B1','["projects"]','项目.xlsx',3,'2026-09-01T08:30:00.000000Z','张敏','{"changes":[{"op":"year"}]}',NULL);
CREATE TABLE project_years (
	project_id TEXT NOT NULL, 
	budget_year INTEGER NOT NULL, 
	budget_fen BIGINT, 
	fund_type TEXT DEFAULT '' NOT NULL, 
	bureau_office TEXT DEFAULT '' NOT NULL, 
	from_register INTEGER DEFAULT '0' NOT NULL, 
	PRIMARY KEY (project_id, budget_year), 
	FOREIGN KEY(project_id) REFERENCES projects (project_id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "project_years" VALUES('P1',2027,12000000,'一般公共预算','农业股',1);
CREATE TABLE projects (
	project_id TEXT NOT NULL, 
	position INTEGER DEFAULT '0' NOT NULL, 
	name TEXT DEFAULT '' NOT NULL, 
	unit_code TEXT DEFAULT '' NOT NULL, 
	project_code TEXT DEFAULT '' NOT NULL, 
	category TEXT DEFAULT '' NOT NULL, 
	binned_at TEXT, 
	PRIMARY KEY (project_id)
);
INSERT INTO "projects" VALUES('P1',1,'农村公路日常养护','990101','990000270000000000001','',NULL);
INSERT INTO "projects" VALUES('P2',2,'已放进回收站的项目','990101','','','2026-09-01T08:31:00.000000Z');
CREATE TABLE quarantine (
	path TEXT NOT NULL, 
	sha256 TEXT NOT NULL, 
	size BIGINT DEFAULT '0' NOT NULL, 
	verdict TEXT DEFAULT '' NOT NULL, 
	reasons TEXT DEFAULT '[]' NOT NULL, 
	unit_code TEXT DEFAULT '' NOT NULL, 
	message_type TEXT DEFAULT '' NOT NULL, 
	signer TEXT DEFAULT '{}' NOT NULL, 
	at TEXT DEFAULT '' NOT NULL, 
	claims TEXT DEFAULT '{}' NOT NULL, 
	PRIMARY KEY (path, sha256)
);
INSERT INTO "quarantine" VALUES('E:\坏文件.asice','cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd',17,'altered','[{"code":"digest_mismatch","message":"内容与清单不一致"}]','990101','submission','{"name":"王芳"}','2026-09-01T08:30:00.000000Z','{"contents":"","filing_count":"","message_type":"","tasks":"","unit_code":"","unit_name":"","version":""}');
INSERT INTO "quarantine" VALUES('E:\旧版.asice','cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd',17,'altered','[{"code":"digest_mismatch","message":"内容与清单不一致"}]','990101','submission','{"name":"王芳"}','2026-09-01T08:31:00.000000Z','{"contents":"2027年项目支出绩效目标申报表 1 份","filing_count":"1","message_type":"报送文件","tasks":"绩效目标申报","unit_code":"990101","unit_name":"示例县东风镇人民政府","version":"2"}');
CREATE TABLE register_entries (
	budget_year INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	project_code TEXT DEFAULT '' NOT NULL, 
	project_name TEXT DEFAULT '' NOT NULL, 
	unit_code TEXT DEFAULT '' NOT NULL, 
	category TEXT DEFAULT '' NOT NULL, 
	bureau_office TEXT DEFAULT '' NOT NULL, 
	budget_fen BIGINT, 
	fund_type TEXT DEFAULT '' NOT NULL, 
	forms_due TEXT DEFAULT '[]' NOT NULL, 
	exempt_reason TEXT DEFAULT '' NOT NULL, 
	PRIMARY KEY (budget_year, position)
);
INSERT INTO "register_entries" VALUES(2027,0,'990000270000000000001','项目1','990101','','',100,'一般公共预算','["performance_target","self_evaluation"]','');
INSERT INTO "register_entries" VALUES(2027,1,'990000270000000000002','项目2','990201','','',200,'一般公共预算','["performance_target","self_evaluation"]','');
CREATE TABLE review_comments (
	comment_id TEXT NOT NULL, 
	filing_id TEXT NOT NULL, 
	version INTEGER DEFAULT '0' NOT NULL, 
	level TEXT DEFAULT '' NOT NULL, 
	place TEXT DEFAULT '' NOT NULL, 
	label TEXT DEFAULT '' NOT NULL, 
	text TEXT DEFAULT '' NOT NULL, 
	author TEXT DEFAULT '' NOT NULL, 
	made_at TEXT DEFAULT '' NOT NULL, 
	seen TEXT DEFAULT '' NOT NULL, 
	proposed TEXT DEFAULT '' NOT NULL, 
	is_compulsory INTEGER DEFAULT '0' NOT NULL, 
	state TEXT DEFAULT '' NOT NULL, 
	answer TEXT DEFAULT '' NOT NULL, 
	answered_by TEXT DEFAULT '' NOT NULL, 
	answered_at TEXT, 
	settled_at TEXT, 
	PRIMARY KEY (comment_id), 
	FOREIGN KEY(filing_id) REFERENCES filings (filing_id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "review_comments" VALUES('C1','F2',1,'office','indicators/r1/planned_value','指标1 · 指标值','请说明里程的依据','李文','2026-09-01T08:31:00.000000Z','≥50公里','',1,'open','','',NULL,NULL);
CREATE TABLE review_decisions (
	decision_number INTEGER NOT NULL, 
	decision_id TEXT DEFAULT '' NOT NULL, 
	filing_id TEXT NOT NULL, 
	version INTEGER DEFAULT '0' NOT NULL, 
	level TEXT DEFAULT '' NOT NULL, 
	outcome TEXT DEFAULT '' NOT NULL, 
	opinion TEXT DEFAULT '' NOT NULL, 
	decided_by TEXT DEFAULT '' NOT NULL, 
	decided_at TEXT DEFAULT '' NOT NULL, 
	grade TEXT DEFAULT '' NOT NULL, 
	points TEXT DEFAULT '' NOT NULL, 
	conclusion TEXT DEFAULT '' NOT NULL, 
	submitted_fen BIGINT, 
	approved_fen BIGINT, 
	is_signed_elsewhere INTEGER DEFAULT '0' NOT NULL, 
	withdrawn_at TEXT, 
	withdrawn_by TEXT DEFAULT '' NOT NULL, 
	withdrawn_reason TEXT DEFAULT '' NOT NULL, 
	PRIMARY KEY (decision_number), 
	FOREIGN KEY(filing_id) REFERENCES filings (filing_id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "review_decisions" VALUES(1,'D1','F2',1,'office','pass','目标明确，同意。','李文','2026-09-01T08:31:00.000000Z','良','86.5','',12000000,11500000,0,'2026-09-01T08:39:00.000000Z','王芳','误点');
INSERT INTO "review_decisions" VALUES(2,'D2','F2',1,'office','return','目标明确，同意。','李文','2026-09-01T08:32:00.000000Z','良','86.5','',12000000,11500000,0,NULL,'','');
CREATE TABLE review_files (
	filing_id TEXT NOT NULL, 
	version INTEGER DEFAULT '0' NOT NULL, 
	level TEXT DEFAULT '' NOT NULL, 
	office TEXT DEFAULT '' NOT NULL, 
	assigned_to TEXT DEFAULT '' NOT NULL, 
	revision INTEGER DEFAULT '0' NOT NULL, 
	updated_at TEXT, 
	PRIMARY KEY (filing_id), 
	FOREIGN KEY(filing_id) REFERENCES filings (filing_id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "review_files" VALUES('F2',1,'office','农业股','',1,'2026-09-01T08:30:00.000000Z');
CREATE TABLE row_changes (
	kind TEXT NOT NULL, 
	"key" TEXT NOT NULL, 
	number INTEGER DEFAULT '0' NOT NULL, 
	PRIMARY KEY (kind, "key")
);
INSERT INTO "row_changes" VALUES('setting','profile',1);
INSERT INTO "row_changes" VALUES('desk','kits',2);
INSERT INTO "row_changes" VALUES('desk','units',4);
INSERT INTO "row_changes" VALUES('desk','register_entries',6);
INSERT INTO "row_changes" VALUES('project','P1',10);
INSERT INTO "row_changes" VALUES('project','P2',9);
INSERT INTO "row_changes" VALUES('filing','F1',12);
INSERT INTO "row_changes" VALUES('filing','F2',24);
INSERT INTO "row_changes" VALUES('desk','approvals',16);
INSERT INTO "row_changes" VALUES('desk','desk_users',23);
CREATE TABLE schema_versions (
	version INTEGER NOT NULL, 
	name TEXT DEFAULT '' NOT NULL, 
	applied_at TEXT DEFAULT '' NOT NULL, 
	PRIMARY KEY (version)
);
INSERT INTO "schema_versions" VALUES(8,'new','2026-09-01T08:30:00.000000Z');
CREATE TABLE settings (
	"key" TEXT NOT NULL, 
	value TEXT DEFAULT '' NOT NULL, 
	PRIMARY KEY ("key")
);
INSERT INTO "settings" VALUES('profile','{"role":"filer","working_year":2026}');
CREATE TABLE submitted_evidence (
	filing_id TEXT NOT NULL, 
	manifest_sha256 TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	version INTEGER DEFAULT '0' NOT NULL, 
	place TEXT DEFAULT '' NOT NULL, 
	name TEXT DEFAULT '' NOT NULL, 
	size BIGINT DEFAULT '0' NOT NULL, 
	sha256 TEXT DEFAULT '' NOT NULL, 
	note TEXT DEFAULT '' NOT NULL, 
	PRIMARY KEY (filing_id, manifest_sha256, position), 
	FOREIGN KEY(filing_id) REFERENCES filings (filing_id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "submitted_evidence" VALUES('F2','bb',0,1,'','养护现场1.jpg',1001,'0000000000000000000000000000000000000000000000000000000000000001','现场照片');
INSERT INTO "submitted_evidence" VALUES('F2','bb',1,1,'indicators[r1]','养护现场3.jpg',1003,'0000000000000000000000000000000000000000000000000000000000000003','现场照片');
CREATE TABLE submitted_versions (
	version_number INTEGER NOT NULL, 
	filing_id TEXT NOT NULL, 
	version INTEGER DEFAULT '0' NOT NULL, 
	manifest_sha256 TEXT DEFAULT '' NOT NULL, 
	answers TEXT DEFAULT '{}' NOT NULL, 
	explanations TEXT DEFAULT '{}' NOT NULL, 
	findings TEXT DEFAULT '[]' NOT NULL, 
	at TEXT DEFAULT '' NOT NULL, 
	PRIMARY KEY (version_number), 
	FOREIGN KEY(filing_id) REFERENCES filings (filing_id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "submitted_versions" VALUES(1,'F2',1,'bb','{"annual_funds_fen":12000000,"annual_target":"全年完成镇内村道日常养护，保障群众出行安全。","indicators":[{"comparator":"≥","direction":"positive","first_level":"output","measure_unit":"公里","planned_value":"1","row_id":"r1","second_level":"quantity","third_level":"养护村道里程（第1标段）","weight":"0.25"},{"comparator":"≥","direction":"positive","first_level":"output","measure_unit":"公里","planned_value":"2","row_id":"r2","second_level":"quantity","third_level":"养护村道里程（第2标段）","weight":"0.25"}],"project_name":"农村公路日常养护"}','{"C20":"说明"}','[{"code":"C20","severity":"explain"}]','2026-09-01T08:32:00.000000Z');
CREATE TABLE units (
	code TEXT NOT NULL, 
	name TEXT DEFAULT '' NOT NULL, 
	department_code TEXT DEFAULT '' NOT NULL, 
	department_name TEXT DEFAULT '' NOT NULL, 
	bureau_office TEXT DEFAULT '' NOT NULL, 
	category TEXT DEFAULT '' NOT NULL, 
	contact_name TEXT DEFAULT '' NOT NULL, 
	contact_phone TEXT DEFAULT '' NOT NULL, 
	duties TEXT DEFAULT '' NOT NULL, 
	PRIMARY KEY (code)
);
INSERT INTO "units" VALUES('990101','示例县东风镇人民政府','990101','','','乡镇','王芳','','');
INSERT INTO "units" VALUES('990201','示例县第一小学','990200','示例县教育局','','','','','');
CREATE INDEX kits_current ON kits (working_year, is_current);
CREATE INDEX projects_unit ON projects (unit_code, position);
CREATE INDEX filings_task ON filings (task_id, unit_code);
CREATE INDEX filings_status ON filings (status, unit_code);
CREATE INDEX filings_unit ON filings (unit_code, project_id, task_id);
CREATE INDEX filings_project ON filings (project_id);
CREATE INDEX filings_year ON filings (budget_year, form_id, unit_code);
CREATE INDEX row_changes_number ON row_changes (number);
CREATE INDEX register_entries_unit ON register_entries (budget_year, unit_code);
CREATE INDEX approvals_year ON approvals (budget_year, unit_code);
CREATE INDEX approvals_place ON approvals (unit_code, project_id, budget_year, form_id);
CREATE INDEX payment_ledger_place ON payment_ledger (unit_code, project_code, budget_year);
CREATE INDEX payment_ledger_batch ON payment_ledger (batch_id);
CREATE INDEX payment_ledger_year ON payment_ledger (budget_year, unit_code);
CREATE UNIQUE INDEX platform_batches_key ON platform_batches (batch_id);
CREATE INDEX packages_unit ON packages (unit_code, working_year);
CREATE INDEX packages_direction ON packages (direction, message_type, at);
CREATE INDEX certificates_unit ON certificates (unit_code);
CREATE INDEX indicator_rows_level ON indicator_rows (first_level, second_level);
CREATE INDEX answer_history_place ON answer_history (filing_id, path);
CREATE UNIQUE INDEX submitted_versions_key ON submitted_versions (filing_id, version, manifest_sha256);
CREATE UNIQUE INDEX evidence_key ON evidence (evidence_id);
CREATE INDEX evidence_filing ON evidence (filing_id);
CREATE INDEX evidence_digest ON evidence (sha256);
CREATE INDEX submitted_evidence_digest ON submitted_evidence (sha256);
CREATE INDEX intake_decisions_filing ON intake_decisions (filing_id);
CREATE INDEX review_files_level ON review_files (level, office);
CREATE INDEX review_decisions_filing ON review_decisions (filing_id);
CREATE UNIQUE INDEX review_decisions_key ON review_decisions (decision_id);
CREATE INDEX review_comments_filing ON review_comments (filing_id);
CREATE TRIGGER noted_filings_insert AFTER INSERT ON filings BEGIN INSERT INTO row_changes (kind, key, number) VALUES ('filing', NEW.filing_id, (SELECT coalesce(max(number), 0) + 1 FROM row_changes)) ON CONFLICT (kind, key) DO UPDATE SET number = excluded.number; END;
CREATE TRIGGER noted_filings_update AFTER UPDATE ON filings BEGIN INSERT INTO row_changes (kind, key, number) VALUES ('filing', NEW.filing_id, (SELECT coalesce(max(number), 0) + 1 FROM row_changes)) ON CONFLICT (kind, key) DO UPDATE SET number = excluded.number; INSERT INTO row_changes (kind, key, number) SELECT 'filing', OLD.filing_id, (SELECT coalesce(max(number), 0) + 1 FROM row_changes) WHERE OLD.filing_id IS NOT NEW.filing_id ON CONFLICT (kind, key) DO UPDATE SET number = excluded.number; END;
CREATE TRIGGER noted_filings_delete AFTER DELETE ON filings BEGIN INSERT INTO row_changes (kind, key, number) VALUES ('filing', OLD.filing_id, (SELECT coalesce(max(number), 0) + 1 FROM row_changes)) ON CONFLICT (kind, key) DO UPDATE SET number = excluded.number; END;
CREATE TRIGGER noted_filing_contents_insert AFTER INSERT ON filing_contents BEGIN INSERT INTO row_changes (kind, key, number) VALUES ('filing', NEW.filing_id, (SELECT coalesce(max(number), 0) + 1 FROM row_changes)) ON CONFLICT (kind, key) DO UPDATE SET number = excluded.number; END;
CREATE TRIGGER noted_filing_contents_update AFTER UPDATE ON filing_contents BEGIN INSERT INTO row_changes (kind, key, number) VALUES ('filing', NEW.filing_id, (SELECT coalesce(max(number), 0) + 1 FROM row_changes)) ON CONFLICT (kind, key) DO UPDATE SET number = excluded.number; INSERT INTO row_changes (kind, key, number) SELECT 'filing', OLD.filing_id, (SELECT coalesce(max(number), 0) + 1 FROM row_changes) WHERE OLD.filing_id IS NOT NEW.filing_id ON CONFLICT (kind, key) DO UPDATE SET number = excluded.number; END;
CREATE TRIGGER noted_filing_contents_delete AFTER DELETE ON filing_contents BEGIN INSERT INTO row_changes (kind, key, number) VALUES ('filing', OLD.filing_id, (SELECT coalesce(max(number), 0) + 1 FROM row_changes)) ON CONFLICT (kind, key) DO UPDATE SET number = excluded.number; END;
CREATE TRIGGER noted_review_files_insert AFTER INSERT ON review_files BEGIN INSERT INTO row_changes (kind, key, number) VALUES ('filing', NEW.filing_id, (SELECT coalesce(max(number), 0) + 1 FROM row_changes)) ON CONFLICT (kind, key) DO UPDATE SET number = excluded.number; END;
CREATE TRIGGER noted_review_files_update AFTER UPDATE ON review_files BEGIN INSERT INTO row_changes (kind, key, number) VALUES ('filing', NEW.filing_id, (SELECT coalesce(max(number), 0) + 1 FROM row_changes)) ON CONFLICT (kind, key) DO UPDATE SET number = excluded.number; INSERT INTO row_changes (kind, key, number) SELECT 'filing', OLD.filing_id, (SELECT coalesce(max(number), 0) + 1 FROM row_changes) WHERE OLD.filing_id IS NOT NEW.filing_id ON CONFLICT (kind, key) DO UPDATE SET number = excluded.number; END;
CREATE TRIGGER noted_review_files_delete AFTER DELETE ON review_files BEGIN INSERT INTO row_changes (kind, key, number) VALUES ('filing', OLD.filing_id, (SELECT coalesce(max(number), 0) + 1 FROM row_changes)) ON CONFLICT (kind, key) DO UPDATE SET number = excluded.number; END;
CREATE TRIGGER noted_review_decisions_insert AFTER INSERT ON review_decisions BEGIN INSERT INTO row_changes (kind, key, number) VALUES ('filing', NEW.filing_id, (SELECT coalesce(max(number), 0) + 1 FROM row_changes)) ON CONFLICT (kind, key) DO UPDATE SET number = excluded.number; END;
CREATE TRIGGER noted_review_decisions_update AFTER UPDATE ON review_decisions BEGIN INSERT INTO row_changes (kind, key, number) VALUES ('filing', NEW.filing_id, (SELECT coalesce(max(number), 0) + 1 FROM row_changes)) ON CONFLICT (kind, key) DO UPDATE SET number = excluded.number; INSERT INTO row_changes (kind, key, number) SELECT 'filing', OLD.filing_id, (SELECT coalesce(max(number), 0) + 1 FROM row_changes) WHERE OLD.filing_id IS NOT NEW.filing_id ON CONFLICT (kind, key) DO UPDATE SET number = excluded.number; END;
CREATE TRIGGER noted_review_decisions_delete AFTER DELETE ON review_decisions BEGIN INSERT INTO row_changes (kind, key, number) VALUES ('filing', OLD.filing_id, (SELECT coalesce(max(number), 0) + 1 FROM row_changes)) ON CONFLICT (kind, key) DO UPDATE SET number = excluded.number; END;
CREATE TRIGGER noted_review_comments_insert AFTER INSERT ON review_comments BEGIN INSERT INTO row_changes (kind, key, number) VALUES ('filing', NEW.filing_id, (SELECT coalesce(max(number), 0) + 1 FROM row_changes)) ON CONFLICT (kind, key) DO UPDATE SET number = excluded.number; END;
CREATE TRIGGER noted_review_comments_update AFTER UPDATE ON review_comments BEGIN INSERT INTO row_changes (kind, key, number) VALUES ('filing', NEW.filing_id, (SELECT coalesce(max(number), 0) + 1 FROM row_changes)) ON CONFLICT (kind, key) DO UPDATE SET number = excluded.number; INSERT INTO row_changes (kind, key, number) SELECT 'filing', OLD.filing_id, (SELECT coalesce(max(number), 0) + 1 FROM row_changes) WHERE OLD.filing_id IS NOT NEW.filing_id ON CONFLICT (kind, key) DO UPDATE SET number = excluded.number; END;
CREATE TRIGGER noted_review_comments_delete AFTER DELETE ON review_comments BEGIN INSERT INTO row_changes (kind, key, number) VALUES ('filing', OLD.filing_id, (SELECT coalesce(max(number), 0) + 1 FROM row_changes)) ON CONFLICT (kind, key) DO UPDATE SET number = excluded.number; END;
CREATE TRIGGER noted_paper_filings_insert AFTER INSERT ON paper_filings BEGIN INSERT INTO row_changes (kind, key, number) VALUES ('filing', NEW.filing_id, (SELECT coalesce(max(number), 0) + 1 FROM row_changes)) ON CONFLICT (kind, key) DO UPDATE SET number = excluded.number; END;
CREATE TRIGGER noted_paper_filings_update AFTER UPDATE ON paper_filings BEGIN INSERT INTO row_changes (kind, key, number) VALUES ('filing', NEW.filing_id, (SELECT coalesce(max(number), 0) + 1 FROM row_changes)) ON CONFLICT (kind, key) DO UPDATE SET number = excluded.number; INSERT INTO row_changes (kind, key, number) SELECT 'filing', OLD.filing_id, (SELECT coalesce(max(number), 0) + 1 FROM row_changes) WHERE OLD.filing_id IS NOT NEW.filing_id ON CONFLICT (kind, key) DO UPDATE SET number = excluded.number; END;
CREATE TRIGGER noted_paper_filings_delete AFTER DELETE ON paper_filings BEGIN INSERT INTO row_changes (kind, key, number) VALUES ('filing', OLD.filing_id, (SELECT coalesce(max(number), 0) + 1 FROM row_changes)) ON CONFLICT (kind, key) DO UPDATE SET number = excluded.number; END;
CREATE TRIGGER noted_projects_insert AFTER INSERT ON projects BEGIN INSERT INTO row_changes (kind, key, number) VALUES ('project', NEW.project_id, (SELECT coalesce(max(number), 0) + 1 FROM row_changes)) ON CONFLICT (kind, key) DO UPDATE SET number = excluded.number; END;
CREATE TRIGGER noted_projects_update AFTER UPDATE ON projects BEGIN INSERT INTO row_changes (kind, key, number) VALUES ('project', NEW.project_id, (SELECT coalesce(max(number), 0) + 1 FROM row_changes)) ON CONFLICT (kind, key) DO UPDATE SET number = excluded.number; INSERT INTO row_changes (kind, key, number) SELECT 'project', OLD.project_id, (SELECT coalesce(max(number), 0) + 1 FROM row_changes) WHERE OLD.project_id IS NOT NEW.project_id ON CONFLICT (kind, key) DO UPDATE SET number = excluded.number; END;
CREATE TRIGGER noted_projects_delete AFTER DELETE ON projects BEGIN INSERT INTO row_changes (kind, key, number) VALUES ('project', OLD.project_id, (SELECT coalesce(max(number), 0) + 1 FROM row_changes)) ON CONFLICT (kind, key) DO UPDATE SET number = excluded.number; END;
CREATE TRIGGER noted_project_years_insert AFTER INSERT ON project_years BEGIN INSERT INTO row_changes (kind, key, number) VALUES ('project', NEW.project_id, (SELECT coalesce(max(number), 0) + 1 FROM row_changes)) ON CONFLICT (kind, key) DO UPDATE SET number = excluded.number; END;
CREATE TRIGGER noted_project_years_update AFTER UPDATE ON project_years BEGIN INSERT INTO row_changes (kind, key, number) VALUES ('project', NEW.project_id, (SELECT coalesce(max(number), 0) + 1 FROM row_changes)) ON CONFLICT (kind, key) DO UPDATE SET number = excluded.number; INSERT INTO row_changes (kind, key, number) SELECT 'project', OLD.project_id, (SELECT coalesce(max(number), 0) + 1 FROM row_changes) WHERE OLD.project_id IS NOT NEW.project_id ON CONFLICT (kind, key) DO UPDATE SET number = excluded.number; END;
CREATE TRIGGER noted_project_years_delete AFTER DELETE ON project_years BEGIN INSERT INTO row_changes (kind, key, number) VALUES ('project', OLD.project_id, (SELECT coalesce(max(number), 0) + 1 FROM row_changes)) ON CONFLICT (kind, key) DO UPDATE SET number = excluded.number; END;
CREATE TRIGGER noted_units_insert AFTER INSERT ON units BEGIN INSERT INTO row_changes (kind, key, number) VALUES ('desk', 'units', (SELECT coalesce(max(number), 0) + 1 FROM row_changes)) ON CONFLICT (kind, key) DO UPDATE SET number = excluded.number; END;
CREATE TRIGGER noted_units_update AFTER UPDATE ON units BEGIN INSERT INTO row_changes (kind, key, number) VALUES ('desk', 'units', (SELECT coalesce(max(number), 0) + 1 FROM row_changes)) ON CONFLICT (kind, key) DO UPDATE SET number = excluded.number; END;
CREATE TRIGGER noted_units_delete AFTER DELETE ON units BEGIN INSERT INTO row_changes (kind, key, number) VALUES ('desk', 'units', (SELECT coalesce(max(number), 0) + 1 FROM row_changes)) ON CONFLICT (kind, key) DO UPDATE SET number = excluded.number; END;
CREATE TRIGGER noted_kits_insert AFTER INSERT ON kits BEGIN INSERT INTO row_changes (kind, key, number) VALUES ('desk', 'kits', (SELECT coalesce(max(number), 0) + 1 FROM row_changes)) ON CONFLICT (kind, key) DO UPDATE SET number = excluded.number; END;
CREATE TRIGGER noted_kits_update AFTER UPDATE ON kits BEGIN INSERT INTO row_changes (kind, key, number) VALUES ('desk', 'kits', (SELECT coalesce(max(number), 0) + 1 FROM row_changes)) ON CONFLICT (kind, key) DO UPDATE SET number = excluded.number; END;
CREATE TRIGGER noted_kits_delete AFTER DELETE ON kits BEGIN INSERT INTO row_changes (kind, key, number) VALUES ('desk', 'kits', (SELECT coalesce(max(number), 0) + 1 FROM row_changes)) ON CONFLICT (kind, key) DO UPDATE SET number = excluded.number; END;
CREATE TRIGGER noted_desk_users_insert AFTER INSERT ON desk_users BEGIN INSERT INTO row_changes (kind, key, number) VALUES ('desk', 'desk_users', (SELECT coalesce(max(number), 0) + 1 FROM row_changes)) ON CONFLICT (kind, key) DO UPDATE SET number = excluded.number; END;
CREATE TRIGGER noted_desk_users_update AFTER UPDATE ON desk_users BEGIN INSERT INTO row_changes (kind, key, number) VALUES ('desk', 'desk_users', (SELECT coalesce(max(number), 0) + 1 FROM row_changes)) ON CONFLICT (kind, key) DO UPDATE SET number = excluded.number; END;
CREATE TRIGGER noted_desk_users_delete AFTER DELETE ON desk_users BEGIN INSERT INTO row_changes (kind, key, number) VALUES ('desk', 'desk_users', (SELECT coalesce(max(number), 0) + 1 FROM row_changes)) ON CONFLICT (kind, key) DO UPDATE SET number = excluded.number; END;
CREATE TRIGGER noted_register_entries_insert AFTER INSERT ON register_entries BEGIN INSERT INTO row_changes (kind, key, number) VALUES ('desk', 'register_entries', (SELECT coalesce(max(number), 0) + 1 FROM row_changes)) ON CONFLICT (kind, key) DO UPDATE SET number = excluded.number; END;
CREATE TRIGGER noted_register_entries_update AFTER UPDATE ON register_entries BEGIN INSERT INTO row_changes (kind, key, number) VALUES ('desk', 'register_entries', (SELECT coalesce(max(number), 0) + 1 FROM row_changes)) ON CONFLICT (kind, key) DO UPDATE SET number = excluded.number; END;
CREATE TRIGGER noted_register_entries_delete AFTER DELETE ON register_entries BEGIN INSERT INTO row_changes (kind, key, number) VALUES ('desk', 'register_entries', (SELECT coalesce(max(number), 0) + 1 FROM row_changes)) ON CONFLICT (kind, key) DO UPDATE SET number = excluded.number; END;
CREATE TRIGGER noted_approvals_insert AFTER INSERT ON approvals BEGIN INSERT INTO row_changes (kind, key, number) VALUES ('desk', 'approvals', (SELECT coalesce(max(number), 0) + 1 FROM row_changes)) ON CONFLICT (kind, key) DO UPDATE SET number = excluded.number; END;
CREATE TRIGGER noted_approvals_update AFTER UPDATE ON approvals BEGIN INSERT INTO row_changes (kind, key, number) VALUES ('desk', 'approvals', (SELECT coalesce(max(number), 0) + 1 FROM row_changes)) ON CONFLICT (kind, key) DO UPDATE SET number = excluded.number; END;
CREATE TRIGGER noted_approvals_delete AFTER DELETE ON approvals BEGIN INSERT INTO row_changes (kind, key, number) VALUES ('desk', 'approvals', (SELECT coalesce(max(number), 0) + 1 FROM row_changes)) ON CONFLICT (kind, key) DO UPDATE SET number = excluded.number; END;
CREATE TRIGGER noted_settings_insert AFTER INSERT ON settings BEGIN INSERT INTO row_changes (kind, key, number) VALUES ('setting', NEW.key, (SELECT coalesce(max(number), 0) + 1 FROM row_changes)) ON CONFLICT (kind, key) DO UPDATE SET number = excluded.number; END;
CREATE TRIGGER noted_settings_update AFTER UPDATE ON settings BEGIN INSERT INTO row_changes (kind, key, number) VALUES ('setting', NEW.key, (SELECT coalesce(max(number), 0) + 1 FROM row_changes)) ON CONFLICT (kind, key) DO UPDATE SET number = excluded.number; INSERT INTO row_changes (kind, key, number) SELECT 'setting', OLD.key, (SELECT coalesce(max(number), 0) + 1 FROM row_changes) WHERE OLD.key IS NOT NEW.key ON CONFLICT (kind, key) DO UPDATE SET number = excluded.number; END;
CREATE TRIGGER noted_settings_delete AFTER DELETE ON settings BEGIN INSERT INTO row_changes (kind, key, number) VALUES ('setting', OLD.key, (SELECT coalesce(max(number), 0) + 1 FROM row_changes)) ON CONFLICT (kind, key) DO UPDATE SET number = excluded.number; END;
COMMIT;
