using KpGrpc.InferenceLoad.Running;
using KpGrpc.Perf.Harness.Running;

using var interrupted = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    interrupted.Cancel();
};

if (!InferenceLoadOptions.TryParse(args, out var options, out var fault))
{
    Console.Error.WriteLine(fault);
    return 2;
}

try
{
    return await new InferenceLoadRun(options, Console.Out, TimeProvider.System).RunAsync(interrupted.Token);
}
catch (LoadException failure)
{
    Console.Error.WriteLine($"perf-inference: {failure.Message}");
    return 1;
}
