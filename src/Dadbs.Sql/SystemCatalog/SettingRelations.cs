using Dadbs.Sql.Settings;

namespace Dadbs.Sql.SystemCatalog;

/// <summary>pg_settings.</summary>
internal static class SettingRelations
{
    public static void AddTo(Dictionary<string, RowSource> sources) => sources.Add("pg_settings", new RowSource.OfSession((rows, _, context) =>
    {
        foreach (var setting in SettingDefinitions.All)
        {
            rows.Row().Set("name", setting.Name).Set("setting", context.Settings?.Get(setting.Name) ?? setting.Default).Set("context", Word(setting.Context)).Set("vartype", setting.Format.TypeName)
                .Set("source", "default").Set("boot_val", setting.Default).Set("reset_val", setting.Default).Set("category", "").Set("short_desc", "").Set("pending_restart", false);
        }
    }));

    private static string Word(SettingContext context) => context switch
    {
        SettingContext.Internal => "internal",
        SettingContext.Start => "postmaster",
        SettingContext.Configuration => "sighup",
        SettingContext.Superuser => "superuser",
        _ => "user",
    };
}
