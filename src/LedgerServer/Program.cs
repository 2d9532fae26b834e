using KpGrpc.LedgerServer.Verbs;

return await RootVerb.Create(Console.Out, Console.Error).Parse(args).InvokeAsync();
