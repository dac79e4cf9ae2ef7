<?php
/**
 * Installs Drupal by its own installer, without questions, then makes what an administrator clicks together: a form with
 * its fields, people and rights. Called in the site's folder: php prepare.php <port> <database> <password>. Prints the
 * numbers that the agency's file needs, as JSON.
 */
[, $port, $database, $password] = $argv;
define('DRUPAL_ROOT', getcwd());
error_reporting(E_ALL & ~E_DEPRECATED);
$_SERVER += [
  'HTTP_HOST' => '127.0.0.1', 'REMOTE_ADDR' => '127.0.0.1', 'REQUEST_METHOD' => 'GET',
  'SERVER_SOFTWARE' => 'PHP', 'HTTP_USER_AGENT' => 'console',
];
$_SERVER['SCRIPT_NAME'] = $_SERVER['PHP_SELF'] = '/index.php';
$_SERVER['REQUEST_URI'] = '/';

if (!file_exists('sites/default/settings.php')) {
  copy('sites/default/default.settings.php', 'sites/default/settings.php');
  define('MAINTENANCE_MODE', 'install');
  require_once 'includes/install.core.inc';
  install_drupal([
    'parameters' => ['profile' => 'minimal', 'locale' => 'en'],
    'forms' => [
      'install_settings_form' => [
        'driver' => 'mysql',
        'mysql' => [
          'host' => '127.0.0.1', 'port' => $port, 'database' => $database, 'username' => 'site', 'password' => 'site',
          'db_prefix' => '',
        ],
      ],
      'install_configure_form' => [
        'site_name' => '기관', 'site_mail' => 'desk@site.example',
        'account' => [
          'name' => 'admin', 'mail' => 'admin@site.example', 'pass' => ['pass1' => $password, 'pass2' => $password],
        ],
        'date_default_timezone' => 'Asia/Seoul', 'update_status_module' => [],
        'clean_url' => FALSE,
      ],
    ],
  ]);
  // The installer leaves a half started site behind; the rest is done by a fresh one.
  passthru(escapeshellarg(PHP_BINARY) . ' ' . implode(' ', array_map('escapeshellarg', $argv)), $code);
  exit($code);
}

require_once 'includes/bootstrap.inc';
drupal_bootstrap(DRUPAL_BOOTSTRAP_FULL);
$GLOBALS['user'] = user_load(1);
if (!module_enable(['webform'])) throw new RuntimeException('webform was not enabled');
drupal_flush_all_caches();
variable_set('user_register', 0);
// Views is older than this PHP, whose deprecation notices would stand on every page.
variable_set('error_level', 0);
module_load_include('inc', 'webform', 'includes/webform.components');

$people = ['officer' => '김담당', 'hong' => '홍길동', 'park' => '박지나'];
$role = (object) ['name' => '담당자'];
user_role_save($role);
user_role_grant_permissions($role->rid, ['access all webform results', 'edit all webform submissions', 'access content']);
foreach ([DRUPAL_ANONYMOUS_RID, DRUPAL_AUTHENTICATED_RID] as $rid)
  user_role_grant_permissions($rid, ['access content', 'access own webform submissions']);
foreach ($people as $id => $name)
  user_save(NULL, [
    'name' => $id, 'mail' => "$id@site.example", 'pass' => $password, 'status' => 1,
    'roles' => $id === 'officer' ? [$role->rid => $role->name] : [],
  ]);

$states = [
  'received' => '접수', 'assigned' => '담당자 지정', 'in_progress' => '처리 중', 'supplement_requested' => '보완 요청',
  'answered' => '답변 완료', 'closed' => '종결', 'withdrawn' => '취하', 'transferred' => '이송', 'rejected' => '반려', 'merged' => '병합',
];
$items = implode("\n", array_map(fn($key, $label) => "$key|$label", array_keys($states), $states));
$fields = [
  1 => ['title', '제목', 'textfield', TRUE, []],
  2 => ['body', '내용', 'textarea', TRUE, []],
  3 => ['name', '이름', 'textfield', TRUE, []],
  4 => ['email', '전자우편', 'email', FALSE, []],
  5 => ['state', '처리 상태', 'select', FALSE, ['items' => $items, 'private' => TRUE, 'aslist' => 1]],
  6 => ['answer', '답변', 'textarea', FALSE, []],
];
$node = (object) ['type' => 'webform', 'title' => '민원', 'language' => LANGUAGE_NONE, 'uid' => 1, 'status' => 1];
node_object_prepare($node);
$node->webform = webform_node_defaults();
foreach ($fields as $cid => [$key, $label, $type, $required, $extra]) {
  $component = ['cid' => $cid, 'pid' => 0, 'form_key' => $key, 'name' => $label, 'type' => $type,
    'required' => (int) $required, 'weight' => $cid, 'value' => '', 'extra' => $extra];
  webform_component_defaults($component);
  $node->webform['components'][$cid] = $component;
}
$rule = fn($value) => ['source_type' => 'component', 'source' => 5, 'operator' => 'equal', 'value' => $value];
$node->webform['conditionals'][0] = [
  'rgid' => 0, 'andor' => 'or', 'weight' => 0,
  'rules' => [$rule('answered'), $rule('closed')],
  'actions' => [['target_type' => 'component', 'target' => 6, 'invert' => 0, 'action' => 'show', 'argument' => '']],
];
$node->webform['roles'] = [DRUPAL_ANONYMOUS_RID, DRUPAL_AUTHENTICATED_RID];
node_save($node);
echo json_encode(['form' => (string) $node->nid, 'version' => VERSION]), "\n";
