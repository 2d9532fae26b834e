using KpGrpc.LedgerServer.Execution.Snapshots;

namespace KpGrpc.LedgerServer.Execution.Subjects;

/// <summary>Subjects and the commitments to their data.</summary>
internal sealed class SubjectTable : IStateTable
{
    private readonly Dictionary<string, int> _indexes = new(StringComparer.Ordinal);
    private readonly List<Subject> _all = [];
    private readonly Dictionary<string, List<SubjectDatum>> _dataBySubject = new(StringComparer.Ordinal);
    private readonly List<SubjectDatum> _data = [];

    string IStateTable.Name => "subjects";

    /// <summary>All subjects, ordered by the sequence of their first record.</summary>
    public IReadOnlyList<Subject> All => _all;

    /// <summary>All commitments, ordered by sequence; those of erased subjects too.</summary>
    public IReadOnlyList<SubjectDatum> Data => _data;

    /// <summary>A subject; null where nothing was recorded about it.</summary>
    public Subject? Find(string pseudonym) => _indexes.TryGetValue(pseudonym, out var index) ? _all[index] : null;

    /// <summary>The commitments to a subject's data, ordered by sequence.</summary>
    public IReadOnlyList<SubjectDatum> DataOf(string pseudonym) => _dataBySubject.TryGetValue(pseudonym, out var data) ? data : [];

    /// <summary>Notes which platform acts for a subject, unless one does already.</summary>
    internal void Serve(string pseudonym, string organizationId, ulong sequence)
    {
        if (!_indexes.ContainsKey(pseudonym))
        {
            Add(new Subject(pseudonym, organizationId, sequence, null));
        }
    }

    /// <summary>Adds a commitment whose id is new for the subject.</summary>
    internal void Add(SubjectDatum datum)
    {
        if (!_dataBySubject.TryGetValue(datum.SubjectPseudonym, out var data))
        {
            _dataBySubject.Add(datum.SubjectPseudonym, data = []);
        }

        data.Add(datum);
        _data.Add(datum);
    }

    /// <summary>Marks a subject as erased.</summary>
    internal void Erase(string pseudonym, ulong sequence)
    {
        var index = _indexes[pseudonym];
        _all[index] = _all[index] with { ErasedAtSequence = sequence };
    }

    void IStateTable.Save(StateWriter writer)
    {
        writer.Records(_all);
        writer.Records(_data);
    }

    void IStateTable.Load(StateReader reader)
    {
        reader.EachRecord<Subject>(Add);
        reader.EachRecord<SubjectDatum>(Add);
    }

    private void Add(Subject subject)
    {
        _indexes.Add(subject.Pseudonym, _all.Count);
        _all.Add(subject);
    }
}
