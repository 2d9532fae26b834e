using KpGrpc.Gateway;
using KpGrpc.ServiceDefaults.Hosting;

return await ServerProgram.RunAsync("kp-gateway", () => GatewayHost.Build(args), Console.Error);
