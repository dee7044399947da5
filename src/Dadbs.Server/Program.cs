using Dadbs.Server.CommandLine;

return await DadbsCommandLine.RunAsync(args).ConfigureAwait(false);
