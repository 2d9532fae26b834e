namespace KpGrpc.Demo.Data;

/// <summary>
/// Which of the five fields of knowledge a university course belongs to. The discipline that the data set names
/// decides; where it names none (four courses of five), words of the course's name; otherwise it is education.
/// </summary>
internal static class CourseFields
{
    private static readonly (string Field, string[] Words)[] Disciplines =
    [
        ("health", ["医学", "药学", "中药", "护理", "卫生", "体育", "心理", "食品"]),
        ("finance", ["经济", "工商管理", "金融", "会计"]),
        ("culture", ["艺术", "历史", "文学", "哲学", "美术", "音乐", "戏剧", "设计", "民族", "考古", "新闻"]),
        ("vocational_skills", ["计算机", "工程", "软件", "交通", "机械", "电气", "建筑", "控制", "园艺", "仪器", "技术"]),
    ];

    private static readonly (string Field, string[] Words)[] Names =
    [
        ("health", ["医", "健康", "护理", "药", "心理", "营养", "疾病", "急救", "养生", "运动", "瑜伽", "太极", "Health", "Medic"]),
        ("finance", ["金融", "投资", "会计", "经济", "财务", "财政", "税", "保险", "银行", "证券", "理财", "Econom", "Financ", "Account"]),
        ("culture", ["文化", "艺术", "历史", "文学", "音乐", "美术", "鉴赏", "赏析", "诗", "哲学", "电影", "设计", "书法", "舞蹈", "戏", "博物", "Art", "History", "Culture"]),
        ("vocational_skills", ["技术", "实训", "工艺", "维修", "程序", "编程", "软件", "数据库", "网络", "制造", "施工", "操作", "装配", "创业", "职业", "Java", "Python", "C++", "Programming"]),
    ];

    /// <summary>The field of a course.</summary>
    /// <param name="disciplines">Disciplines of the data set, separated by <c>|</c>; may be empty.</param>
    /// <param name="name">The course's name.</param>
    public static string Of(string disciplines, string name) =>
        First(Disciplines, disciplines.Split('|')[0]) ?? (disciplines.Length == 0 ? First(Names, name) : null) ?? "education";

    private static string? First((string Field, string[] Words)[] rules, string text) =>
        rules.FirstOrDefault(rule => rule.Words.Any(word => text.Contains(word, StringComparison.Ordinal))).Field;
}
