namespace KpGrpc.LedgerServer.Admission;

/// <summary>A command that may be ordered, or why it may not.</summary>
internal abstract record AdmissionResult;

/// <summary>The command may be ordered.</summary>
/// <param name="Command">The command.</param>
internal sealed record Admitted(AdmittedCommand Command) : AdmissionResult;

/// <summary>The command was not taken in.</summary>
/// <param name="Reason">Why, for programs.</param>
/// <param name="Subject">What it is about: an id, a field or a kind, as the caller gave it.</param>
/// <param name="Message">Why and what to do, for people; empty where the recorded field faults say it all.</param>
internal sealed record Refused(AdmissionReason Reason, string Subject, string Message) : AdmissionResult;
