package sqlstore

import (
	"context"
	"encoding/json"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/store"
)

// versionColumns are what scanVersion reads of monitor_versions v and monitors m.
const versionColumns = `v.id, v.monitor_id, m.name, v.number, v.hash, v.files, v.declaration, v.author, v.message, v.created_at`

func scanVersion(scan Scan, v *monitor.Version, more ...any) error {
	var files, declaration string
	if err := scan(append([]any{
		&v.ID, &v.MonitorID, &v.MonitorName, &v.Number, &v.Hash, &files, &declaration, &v.Author, &v.Message, &v.CreatedAt,
	}, more...)...); err != nil {
		return err
	}
	if err := json.Unmarshal([]byte(files), &v.Files); err != nil {
		return wrap(err, "decode the files of version %d", v.ID)
	}
	return decodeDeclaration(declaration, v.ID, &v.Declaration)
}

func decodeDeclaration(text string, versionID int64, declaration *monitor.Declaration) error {
	return wrap(json.Unmarshal([]byte(text), declaration), "decode the declaration of version %d", versionID)
}

// Version reads one version.
func (s *Store) Version(ctx context.Context, id int64) (monitor.Version, error) {
	var version monitor.Version
	err := s.database.Read(ctx, s.query(func(scan Scan) error { return scanVersion(scan, &version) },
		`select `+versionColumns+` from monitor_versions v join monitors m on m.id = v.monitor_id where v.id = $1`, id).
		found("version %d does not exist", id))
	return version, wrap(err, "read version %d", id)
}

// Current lists the current versions.
func (s *Store) Current(ctx context.Context) ([]store.Current, error) {
	var list []store.Current
	err := s.database.Read(ctx, s.query(func(scan Scan) error {
		var c store.Current
		var declaration string
		if err := scan(&c.Monitor, &c.MonitorID, &c.VersionID, &c.Number, &c.Hash, (*string)(&c.Source), &declaration); err != nil {
			return err
		}
		if err := decodeDeclaration(declaration, c.VersionID, &c.Declaration); err != nil {
			return err
		}
		list = append(list, c)
		return nil
	}, `select m.name, m.id, v.id, v.number, v.hash, m.source, v.declaration
		from monitors m join monitor_versions v on v.id = m.version_id
		where m.archived_at is null order by m.name`))
	return list, wrap(err, "list current versions")
}

// HasHash tells whether the named monitor ever had this content (R78).
func (s *Store) HasHash(ctx context.Context, name, hash string) (bool, error) {
	var has bool
	err := s.database.Read(ctx, s.query(func(scan Scan) error { return scan(&has) },
		`select exists (select 1 from monitor_versions v join monitors m on m.id = v.monitor_id
			where v.hash = $2 and m.name = $1)`, name, hash))
	return has, wrap(err, "look for a version of monitor %s", name)
}
