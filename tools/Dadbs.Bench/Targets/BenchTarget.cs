using System.Data.Common;

namespace Dadbs.Bench.Targets;

/// <summary>A database under test: started, connected to, sampled, stopped. Data lives in a temporary directory that goes with it.</summary>
public abstract class BenchTarget : IAsyncDisposable
{
    protected BenchTarget(string name)
    {
        Name = name;
        DataDirectory = Directory.CreateTempSubdirectory("dadbs-bench-").FullName;
    }

    public string Name { get; }

    /// <summary>Its server processes by name; empty for one that lives in the client.</summary>
    public abstract IReadOnlyList<(string Name, int Id)> Servers { get; }

    protected string DataDirectory { get; }

    /// <summary>Starts the database.</summary>
    /// <returns>False, having said why, where it is not installed.</returns>
    public abstract Task<bool> StartAsync(CancellationToken cancellation);

    /// <summary>A connection for client number <paramref name="client"/>; clients spread over the nodes.</summary>
    public abstract Task<DbConnection> ConnectAsync(int client, CancellationToken cancellation);

    /// <summary>The chain's height, where there is one.</summary>
    public virtual Task<long?> BlocksAsync(CancellationToken cancellation) => Task.FromResult<long?>(null);

    public virtual ValueTask DisposeAsync()
    {
        Directory.Delete(DataDirectory, recursive: true);
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    public static BenchTarget? Create(string name) => name switch
    {
        "dadbs-1" => new DadbsTarget(1),
        "dadbs-4" => new DadbsTarget(4),
        "postgresql" => new PostgreSqlTarget(),
        "sqlite" => new SqliteTarget(),
        _ => null,
    };
}
