namespace KpGrpc.Perf.Harness.Running;

/// <summary>A run that cannot go on, or whose figures must not be believed.</summary>
/// <param name="message">What happened and what helps.</param>
/// <param name="inner">The cause; null for none.</param>
public sealed class LoadException(string message, Exception? inner = null) : Exception(message, inner);
