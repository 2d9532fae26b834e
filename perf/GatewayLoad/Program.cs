using KpGrpc.GatewayLoad.Peers;
using KpGrpc.GatewayLoad.Running;
using KpGrpc.Perf.Harness.Running;

if (args is ["bare", var port, var reply])
{
    await BareServer.RunAsync(port, reply);
    return 0;
}

using var interrupted = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    interrupted.Cancel();
};

if (!GatewayLoadOptions.TryParse(args, out var options, out var fault))
{
    Console.Error.WriteLine(fault);
    return 2;
}

try
{
    return await new GatewayLoadRun(options, Console.Out, TimeProvider.System).RunAsync(interrupted.Token);
}
catch (LoadException failure)
{
    Console.Error.WriteLine($"perf-gateway: {failure.Message}");
    return 1;
}
