namespace KpGrpc.Demo.Steps;

/// <summary>A step failed; the message names it and says why.</summary>
internal sealed class StepFailedException(int number, string name, string reason, Exception cause)
    : Exception($"step {number}, \"{name}\", failed: {reason}", cause);
