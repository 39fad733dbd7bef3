// What can be tried: each scenario says in a line what to do, and takes the visitor there.

import { post } from "./api.js";
import { element } from "./dom.js";

const SCHOOL = "Школа № 512, Казань";
const SCHOOL_TEAM = "Казань · школа и сад";

const SCENARIOS = [
  {
    group: "Житель",
    list: [
      { title: "Ближайшее учреждение", says: "Житель не знает, куда писать: нажмите на метку рядом со скрепкой и выберите «Казань, центр».", pane: "telegram-citizen", words: "/start" },
      { title: "Татарский язык", says: "Напишите по-татарски: ответят на том же языке, карточка это покажет.", pane: "vk-citizen", chat: SCHOOL, shape: "private", words: "Исәнмесез. Татар теле түгәрәге кайчан була?" },
      { title: "Мои сообщения и «Не решено»", says: "Отправьте /my, откройте своё сообщение и нажмите «Не решено»: оно вернётся в работу.", pane: "telegram-citizen", words: "/my" },
      { title: "Оценка", says: "После ответа нажмите «+10 мин» дважды: жителя спросят, решён ли вопрос, и попросят оценку.", pane: "vk-citizen", chat: SCHOOL, shape: "private", words: "Во сколько открывается школа?" },
      { title: "Альбом", says: "Приложите скрепкой несколько фото сразу: в рабочий чат придёт одна карточка.", pane: "telegram-citizen" },
      { title: "Правка и удаление", says: "Нажмите ⋯ под своим комментарием: изменить, удалить, вернуть. Рабочий чат видит «было» и «стало».", pane: "vk-citizen", chat: SCHOOL, shape: "comments", words: "Собрание в 18:00?" },
      { title: "Беда", says: "Житель сразу прочтёт, куда звонить, а руководитель узнает о сообщении.", pane: "vk-citizen", chat: SCHOOL, shape: "private", words: "В подвале пахнет газом" },
      { title: "Удалить свои данные", says: "Отправьте /delete: слова, имя и номер исчезнут, время ответа останется в отчёте.", pane: "vk-citizen", chat: SCHOOL, shape: "private", words: "/delete" },
      { title: "Правовой режим", says: "Соцзащита не переписывается в Telegram: житель прочтёт, куда писать, а слова не сохранятся.", pane: "telegram-citizen", words: "/start almetyevsk-social" },
    ],
  },
  {
    group: "Администратор",
    list: [
      { title: "Передать", says: "Нажмите «Передать» под карточкой и ответьте названием: «поликлиника 91 – про прививки».", pane: "telegram-team", chat: SCHOOL_TEAM },
      { title: "Шаблон", says: "Нажмите «Шаблон» под карточкой: сначала видно готовые слова, потом «Отправить жителю».", pane: "telegram-team", chat: SCHOOL_TEAM },
      { title: "Два администратора", says: "Ответьте на карточку как Анна, выберите над перепиской Марата и ответьте ещё раз: бот переспросит.", pane: "telegram-team", chat: SCHOOL_TEAM },
      { title: "Сомнительный ответ", says: "Попросите в ответе на карточку код: до нажатия «Отправить всё равно» житель ничего не получит.", pane: "telegram-team", chat: SCHOOL_TEAM, words: "Пришлите код из СМС и номер карты" },
      { title: "Исправить ответ", says: "Нажмите ⋯ под своим ответом: «Изменить» или «Убрать ответ у жителя».", pane: "telegram-team", chat: SCHOOL_TEAM },
      { title: "Темы", says: "У каждого сообщения своя тема: выберите её над перепиской и просто пишите.", pane: "telegram-team", chat: "Казань · здоровье и книги" },
      { title: "Нерабочее время", says: "Нажимайте «+1 час» до вечера и напишите: житель узнает, когда начнётся рабочий день.", pane: "vk-citizen", chat: SCHOOL, shape: "private", words: "Когда приём документов?" },
    ],
  },
  {
    group: "Время",
    list: [
      { title: "Половина срока прошла", says: "Напишите вопрос и нажимайте «+1 час»: рабочий чат напомнит на половине срока, потом незадолго до конца.", pane: "vk-citizen", chat: SCHOOL, shape: "private", words: "Когда вывесят расписание?" },
      { title: "Карантин", says: "Закройте школу на несколько дней: «/closed 10.12-14.12 карантин». Новые вопросы получат срок после карантина.", pane: "telegram-team", chat: SCHOOL_TEAM, words: "/closed" },
      { title: "Ответ пока не окончательный", says: "Начните ответ на карточку с многоточия: житель узнает, до какого дня ждать окончательного.", pane: "telegram-team", chat: SCHOOL_TEAM, words: "… Уточняем у завуча, ответим завтра." },
    ],
  },
  {
    group: "Руководитель",
    list: [
      { title: "Отчёт с кнопками", says: "Отправьте /report: несколько строк и картинка, под ними – период, «По частям» и «Файлы»: Excel, PDF, слайд.", pane: "supervisor", words: "/report" },
      { title: "Кто ждёт дольше всех", says: "Отправьте /overdue: номера, учреждения и сколько ждут.", pane: "supervisor", words: "/overdue" },
      { title: "Рейтинг", says: "Отправьте /rating: школы сравниваются со школами, и каждый балл можно пересчитать.", pane: "supervisor", words: "/rating" },
      { title: "Отчёт по понедельникам", says: "Отправьте /subscribe, выберите «каждую неделю», затем передвиньте часы до понедельника.", pane: "supervisor", words: "/subscribe" },
      { title: "Страницы", says: "Отправьте /pages и откройте ссылку: от региона до хода одного сообщения, каждая цифра открывается.", pane: "supervisor", words: "/pages" },
    ],
  },
  {
    group: "Много людей сразу",
    list: [
      { title: "Массовое событие", says: "Пять жителей напишут «нет воды». Через минуту бот предложит объединить; или отправьте /incident.", scene: "no-water", pane: "vk-team", chat: "Нижнекамск · рабочий чат", words: "/incident нет воды" },
      { title: "Наплыв", says: "Сорок родителей напишут сразу: карточки придут по очереди, ни одна не потеряется.", scene: "rush", pane: "telegram-team", chat: SCHOOL_TEAM },
      { title: "Много подряд", says: "Алия напишет двадцать сообщений за секунды: рабочий чат получит их вместе, под одним номером.", scene: "flood", pane: "vk-citizen", chat: SCHOOL, shape: "private" },
      { title: "Плохие реакции", says: "Шесть человек поставят 😡 и 👎 под записью школы: рабочий чат узнает один раз.", scene: "angry", pane: "telegram-team", chat: SCHOOL_TEAM },
    ],
  },
];

export class Scenarios {
  // `acts`: { onStart(scenario), onProblem(words) }
  constructor(dialog, button, acts) {
    this.dialog = dialog;
    this.acts = acts;
    const list = dialog.querySelector(".scenario-list");
    for (const { group, list: scenarios } of SCENARIOS) {
      list.append(element("h3", "", group), ...scenarios.map((scenario) => this.item(scenario)));
    }
    button.addEventListener("click", () => dialog.showModal());
    dialog.querySelector(".dialog-close").addEventListener("click", () => dialog.close());
    dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  }

  item(scenario) {
    const button = element("button", "scenario");
    button.type = "button";
    const title = element("strong", "", scenario.title);
    if (scenario.scene) title.append(element("span", "badge", "сыграет сам"));
    button.append(title, element("span", "", scenario.says));
    button.addEventListener("click", () => this.start(scenario));
    return button;
  }

  async start(scenario) {
    this.dialog.close();
    this.acts.onStart(scenario);
    if (!scenario.scene) return;
    try {
      await post("scene", { scene: scenario.scene });
    } catch (error) {
      this.acts.onProblem(error.message);
    }
  }
}
