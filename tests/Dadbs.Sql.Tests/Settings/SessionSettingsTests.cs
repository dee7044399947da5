using Dadbs.Sql.Settings;

namespace Dadbs.Sql.Tests.Settings;

public sealed class SessionSettingsTests
{
    [Theory]
    [InlineData("statement_timeout", "90s", "90s")]
    [InlineData("statement_timeout", "120000", "2min")]
    [InlineData("statement_timeout", "1.5s", "1500ms")]
    [InlineData("work_mem", "2048", "2MB")]
    [InlineData("work_mem", "1025kB", "1025kB")]
    [InlineData("datestyle", "dmy", "ISO, DMY")]
    [InlineData("DateStyle", "SQL, European", "SQL, DMY")]
    [InlineData("enable_seqscan", "FALSE", "off")]
    [InlineData("timezone", "europe/rome", "Europe/Rome")]
    [InlineData("timezone", "-3", "<-03>+03")]
    [InlineData("extra_float_digits", "-15", "-15")]
    [InlineData("client_encoding", "utf-8", "UTF8")]
    [InlineData("my.own", "anything", "anything")]
    public void SHOW_prints_what_SET_was_given_in_canonical_form(string name, string given, string shown)
    {
        var settings = new SessionSettings();
        Assert.Equal(shown, settings.Set(name, given, isLocal: false));
        Assert.Equal(shown, settings.Show(name.ToUpperInvariant()));
    }

    [Theory]
    [InlineData("nosuch", "1", "42704", "unrecognized configuration parameter \"nosuch\"")]
    [InlineData("server_version", "1", "55P02", "parameter \"server_version\" cannot be changed")]
    [InlineData("max_connections", "1", "55P02", "parameter \"max_connections\" cannot be changed without restarting the server")]
    [InlineData("enable_sort", "maybe", "22023", "parameter \"enable_sort\" requires a Boolean value")]
    [InlineData("extra_float_digits", "4", "22023", "4 is outside the valid range for parameter \"extra_float_digits\" (-15 .. 3)")]
    [InlineData("statement_timeout", "-1", "22023", "-1 ms is outside the valid range for parameter \"statement_timeout\" (0 .. 2147483647)")]
    [InlineData("timezone", "Nowhere/Land", "22023", "invalid value for parameter \"TimeZone\": \"Nowhere/Land\"")]
    [InlineData("client_encoding", "LATIN1", "0A000", "conversion between LATIN1 and UTF8 is not supported")]
    public void Refuses_in_the_words_of_PostgreSQL(string name, string value, string state, string message)
    {
        SqlException refused = Assert.Throws<SqlException>(() => new SessionSettings().Set(name, value, isLocal: false));
        Assert.Equal((state, message), (refused.State.Code, refused.Message));
    }

    [Fact]
    public void ROLLBACK_takes_SET_back_and_COMMIT_ends_SET_LOCAL()
    {
        var settings = new SessionSettings();
        settings.Set("application_name", "before", isLocal: false);
        settings.BeginTransaction();
        settings.Set("application_name", "inside", isLocal: false);
        settings.Savepoint("s");
        settings.Set("application_name", "deeper", isLocal: false);
        settings.RollbackToSavepoint("s");
        Assert.Equal("inside", settings.Get("application_name"));
        settings.RollbackTransaction();
        Assert.Equal("before", settings.Get("application_name"));

        settings.BeginTransaction();
        settings.Set("application_name", "local", isLocal: true);
        Assert.Equal("local", settings.Get("application_name"));
        settings.CommitTransaction();
        Assert.Equal("before", settings.Get("application_name"));
    }

    [Theory]
    [InlineData("dadbs.read_consistency", "strict")]
    public void What_nothing_honours_yet_is_refused(string name, string value)
    {
        var error = Assert.Throws<SqlException>(() => new SessionSettings().Set(name, value, isLocal: false));
        Assert.Equal(SqlState.FeatureNotSupported, error.State);
    }

    [Fact]
    public void A_replay_sees_the_settings_that_the_session_captured()
    {
        var session = new SessionSettings();
        session.Set("DateStyle", "German", isLocal: false);
        session.Set("app.tenant", "7", isLocal: false);
        session.Set("application_name", "not carried", isLocal: false);
        Assert.Equal(["DateStyle=German, DMY", "app.tenant=7"], session.Captured.Select(s => $"{s.Name}={s.Value}"));
        SessionSettings replay = SessionSettings.FromCaptured(session.Captured);
        Assert.Equal(("German, DMY", "7", ""), (replay.Get("DateStyle"), replay.Get("app.tenant"), replay.Get("application_name")));
        Assert.Equal(session.TypeSettings, replay.TypeSettings);
    }

    [Fact]
    public void A_flag_that_is_asked_for_again_follows_its_setting_and_its_transaction()
    {
        var settings = new SessionSettings();
        Assert.False(settings.Flag("transaction_read_only"));
        settings.Set("default_transaction_read_only", "on", isLocal: false);
        Assert.True(settings.Flag("default_transaction_read_only"));
        Assert.True(settings.Flag("transaction_read_only"));
        settings.BeginTransaction();
        Assert.False(settings.Flag("transaction_read_only"));
        settings.Set("transaction_read_only", "on", isLocal: true);
        Assert.True(settings.Flag("transaction_read_only"));
        settings.CommitTransaction();
        settings.Set("default_transaction_read_only", "off", isLocal: false);
        Assert.False(settings.Flag("transaction_read_only"));
    }
}
