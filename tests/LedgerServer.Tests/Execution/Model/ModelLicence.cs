namespace KpGrpc.LedgerServer.Tests.Execution.Model;

internal sealed record ModelLicence(string Learner, string Work, long From, long? Until);
