// JDBC: values, generated keys, bundles, errors, what the driver lists, acting
// for a party.  test/clients/jdbc starts this one, with the URL of the database.
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

public class Jdbc {
	static int tests, failed;

	interface Work {
		void run() throws SQLException;
	}

	static void same(Object got, Object wanted, String title) {
		boolean is = Objects.equals(got, wanted);
		tests++;
		failed += is ? 0 : 1;
		System.out.println((is ? "ok " : "not ok ") + tests + " - " + title);
		if (!is)
			System.out.println("# " + got + "\n# " + wanted);
	}

	static ServerErrorMessage refused(Work work) throws SQLException {
		try {
			work.run();
		} catch (PSQLException error) {
			return error.getServerErrorMessage();
		}
		throw new SQLException("not refused");
	}

	// The first row, as objects.
	static List<Object> one(Connection connection, String text, Object... values) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(text)) {
			for (int i = 0; i < values.length; i++)
				statement.setObject(i + 1, values[i]);
			List<Object> row = new ArrayList<>();
			try (ResultSet result = statement.executeQuery()) {
				result.next();
				for (int i = 1; i <= result.getMetaData().getColumnCount(); i++)
					row.add(result.getObject(i));
			}
			return row;
		}
	}

	static void run(Connection connection, String text) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.execute(text);
		}
	}

	public static void main(String[] arguments) throws SQLException {
		Connection organizer = DriverManager.getConnection(arguments[0], "clients_organizer", ""),
			member = DriverManager.getConnection(arguments[0], "clients_member", ""),
			visitor = DriverManager.getConnection(arguments[0], "clients_visitor", ""),
			application = DriverManager.getConnection(arguments[0], "clients_application", "");

		// values; a statement is prepared at its fifth time, and values arrive in binary from then on
		for (int i = 0; i < 7; i++)
			if (i == 0 || i == 6) {
				String time = i == 0 ? "" : ", prepared";
				same(one(organizer, "SELECT event_id, planned_on_site, venue_id, name_zh FROM event WHERE event_id = ?", 1L),
					java.util.Arrays.asList(1L, 40, null, "春季沙龙"), "a bigint is a Long, an integer an Integer, NULL null" + time);
				same(one(organizer, "SELECT quantity, value FROM proposal WHERE demanded_code = ?", "small_gift"),
					List.of(40L, new BigDecimal("9.00")), "numeric is a BigDecimal" + time);
			}
		try (PreparedStatement statement = organizer.prepareStatement("SELECT e.starts_at, d.quantity, 'projector:1, 话筒:2'::salon.bundle FROM event e JOIN demand d USING (event_id) WHERE d.resource_code = 'small_gift'")) {
			boolean good = true;
			for (int i = 0; i < 7; i++)
				try (ResultSet result = statement.executeQuery()) {
					result.next();
					good &= result.getObject(1, OffsetDateTime.class).toInstant().equals(OffsetDateTime.parse("2031-03-08T13:30+08:00").toInstant())
						&& result.getLong(2) == 40 && result.getString(3).equals("projector:1, 话筒:2");
				}
			same(good, true, "a time as an OffsetDateTime, a bundle as text, before and after the driver prepares");
		}

		// what is generated
		try (PreparedStatement statement = organizer.prepareStatement("INSERT INTO venue (name, equipment) VALUES (?, ?::salon.bundle)", Statement.RETURN_GENERATED_KEYS)) {
			statement.setString(1, "library");
			statement.setString(2, "projector:1, 话筒:2");
			statement.executeUpdate();
			try (ResultSet keys = statement.getGeneratedKeys()) {
				keys.next();
				same(keys.getLong("venue_id"), 1L, "a key comes by getGeneratedKeys");
			}
		}
		try (PreparedStatement statement = organizer.prepareStatement("INSERT INTO venue (name, equipment) VALUES (?, ?)", new String[] {"venue_id"})) {
			statement.setString(1, "hall");
			statement.setObject(2, "lamp, lamp", java.sql.Types.OTHER);
			statement.executeUpdate();
			try (ResultSet keys = statement.getGeneratedKeys()) {
				keys.next();
				same(List.of(keys.getLong(1), keys.getMetaData().getColumnCount()), List.of(2L, 1), "or the one that is asked for, and a bundle by Types.OTHER");
			}
		}
		same(one(organizer, "SELECT equipment::jsonb ->> '话筒', equipment -> ? FROM venue WHERE venue_id = 1", "话筒"), List.of("2", 2L), "what is in a bundle");
		try (PreparedStatement statement = organizer.prepareStatement("INSERT INTO venue (name) VALUES (?)", Statement.RETURN_GENERATED_KEYS)) {
			for (String name : new String[] {"cellar", "attic"}) {
				statement.setString(1, name);
				statement.addBatch();
			}
			int rows = statement.executeBatch().length;
			try (ResultSet keys = statement.getGeneratedKeys()) {
				while (keys.next())
					rows += keys.getLong(1) > 2 ? 10 : 100;
			}
			same(rows, 22, "keys of a batch");
		}
		same(refused(() -> run(organizer, "INSERT INTO venue (name, equipment) VALUES ('x', 'lamp:many')")).getSQLState(), "22P02", "what is no bundle is refused");

		// levels, and what the driver lists
		List<Object> seen = new ArrayList<>();
		for (Connection each : new Connection[] {visitor, member, organizer, application})
			seen.addAll(one(each, "SELECT count(*) FROM event"));
		same(seen, List.of(1L, 1L, 2L, 1L), "each reads what its level may");
		DatabaseMetaData data = organizer.getMetaData();
		Set<String> wanted = new HashSet<>(), got = new HashSet<>(), unread = new HashSet<>();
		try (Statement statement = organizer.createStatement();
				ResultSet result = statement.executeQuery("SELECT table_name FROM information_schema.tables WHERE table_schema = 'club'")) {
			while (result.next())
				wanted.add(result.getString(1));
		}
		try (ResultSet result = data.getTables(null, "club", "%", new String[] {"TABLE", "VIEW"})) {
			while (result.next())
				got.add(result.getString("TABLE_NAME"));
		}
		same(got.containsAll(wanted) && got.size() > 100, true, "all tables and views are listed");
		for (String each : wanted)
			try (Statement statement = organizer.createStatement(); ResultSet result = statement.executeQuery("SELECT * FROM club.\"" + each + "\" LIMIT 5")) {
				while (result.next())
					for (int i = 1; i <= result.getMetaData().getColumnCount(); i++)
						result.getObject(i);
			} catch (SQLException error) {
				unread.add(each + ": " + error.getMessage());
			}
		same(unread, Set.of(), "and each column of them can be read as an object");
		try (ResultSet result = data.getColumns(null, "club", "event", "event\\_id")) {
			result.next();
			same(List.of(result.getString("IS_AUTOINCREMENT"), result.getString("TYPE_NAME")), List.of("YES", "int8"), "a key says that it is generated");
		}
		try (ResultSet result = data.getColumns(null, "club", "session", "during")) {
			result.next();
			same(result.getString("IS_GENERATEDCOLUMN"), "YES", "and so does a column");
		}

		// errors
		ServerErrorMessage error = refused(() -> run(organizer, "UPDATE event SET status_code = 'held' WHERE event_id = 2"));
		same(List.of(error.getSQLState(), error.getConstraint(), error.getTable(), error.getHint()),
			List.of("23514", "event_status_step", "event", "From planned it can go to: announced, cancelled, idea."), "an error has its SQLSTATE, constraint, table and hint");
		same(refused(() -> run(member, "UPDATE event SET planned_on_site = 1")).getSQLState(), "42501", "a member plans no event");

		// for whom an application acts
		application.setAutoCommit(false);
		one(application, "SELECT set_config('salon.party', ?, true)", "4");
		same(one(application, "SELECT my_level(), (SELECT address FROM contact)"), List.of("member", "ann@guests.example"), "an application acts for a party");
		same(one(application, "SELECT status_code FROM register(?, party_id => ?)", 1L, 4L), List.of("registered"), "and registers it");
		application.commit();
		same(one(application, "SELECT my_level()"), List.of("visitor"), "until the transaction ends");
		application.rollback();
		System.out.println("1.." + tests);
		System.exit(failed > 0 ? 1 : 0);
	}
}
