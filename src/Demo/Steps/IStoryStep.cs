namespace KpGrpc.Demo.Steps;

/// <summary>One numbered part of the demo.</summary>
internal interface IStoryStep
{
    /// <summary>What it shows, as a headline.</summary>
    string Name { get; }

    /// <summary>Longest time that it may take.</summary>
    TimeSpan Deadline { get; }

    /// <summary>Does it and prints it.</summary>
    /// <param name="session">What came before; takes what comes out.</param>
    /// <param name="cancellationToken">Cancelled at the deadline and when the demo is interrupted.</param>
    Task RunAsync(DemoSession session, CancellationToken cancellationToken);
}
