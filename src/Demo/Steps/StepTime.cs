namespace KpGrpc.Demo.Steps;

/// <summary>How long a step took.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Name">The step's name.</param>
/// <param name="Elapsed">Wall clock.</param>
internal sealed record StepTime(int Number, string Name, TimeSpan Elapsed);
