namespace Dadbs.Sql.Functions;

/// <summary>The window functions of pg_proc (PostgreSQL manual 9.22). What they compute is the window operator's business: they see rows, not arguments.</summary>
internal static class WindowFunctions
{
    private static readonly string[] Sources =
    [
        "window_row_number", "window_rank", "window_dense_rank", "window_percent_rank", "window_cume_dist", "window_ntile",
        "window_lag", "window_lag_with_offset", "window_lag_with_offset_and_default",
        "window_lead", "window_lead_with_offset", "window_lead_with_offset_and_default",
        "window_first_value", "window_last_value", "window_nth_value",
    ];

    public static void Register(FunctionRegistry registry)
    {
        foreach (var source in Sources) registry.Window(source);
    }
}
