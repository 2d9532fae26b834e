using KpGrpc.InferenceServer.Events;
using KpGrpc.InferenceServer.Histories;
using KpGrpc.InferenceServer.Import;
using KpGrpc.InferenceServer.Models.Propensity.Learners;
using KpGrpc.InferenceServer.Services.Translation;

namespace KpGrpc.InferenceServer.Commands.Propensity;

/// <summary>The server's own events as training data.</summary>
/// <param name="Directory">Storage folder of the server.</param>
/// <param name="Kind">What is predicted.</param>
/// <param name="Horizon">How far ahead.</param>
/// <param name="Lookback">How lately a learner must have acted.</param>
internal sealed record EventsSource(string Directory, RiskKind Kind, TimeSpan Horizon, TimeSpan Lookback)
{
    /// <summary>Each learner's events in time order, learners in order of their identifiers.</summary>
    /// <exception cref="ImportException">There is no event log.</exception>
    public List<HistoryEntry[]> Read()
    {
        try
        {
            return EventHistories.Of(EventLog.Scan(Directory, EventTranslation.Decode));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new ImportException($"--events {Directory}: {failure.Message}", failure);
        }
    }
}
