using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Dadbs.Replication.Tests")]
