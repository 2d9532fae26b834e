namespace KpGrpc.Demo;

/// <summary>The demo cannot go on for a reason that the person at the keyboard can understand from the message alone.</summary>
internal sealed class DemoException(string message, Exception? cause = null) : Exception(message, cause);
