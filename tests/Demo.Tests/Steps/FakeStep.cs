using KpGrpc.Demo.Steps;

namespace KpGrpc.Demo.Tests.Steps;

internal sealed class FakeStep(string name, Func<CancellationToken, Task> run) : IStoryStep
{
    public string Name => name;

    public TimeSpan Deadline => TimeSpan.FromSeconds(10);

    public Task RunAsync(DemoSession session, CancellationToken cancellationToken) => run(cancellationToken);
}
