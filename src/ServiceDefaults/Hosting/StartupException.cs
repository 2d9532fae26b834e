namespace KpGrpc.ServiceDefaults.Hosting;

/// <summary>
/// A server can't start for a reason that its operator can mend (a missing folder, an unreadable file, a key that is
/// not allowed here). <see cref="ServerProgram"/> prints the message as one line and exits with a non-zero code.
/// </summary>
public sealed class StartupException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">One sentence: what is wrong, with the file or setting, and what to do.</param>
    public StartupException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with the failure behind it.</summary>
    /// <param name="message">One sentence: what is wrong, with the file or setting, and what to do.</param>
    /// <param name="innerException">The failure that the operating system or a library reported.</param>
    public StartupException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
