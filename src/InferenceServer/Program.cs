using KpGrpc.InferenceServer.Commands;

return await RootVerb.Create(args).Parse(args).InvokeAsync();
