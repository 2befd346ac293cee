"""The built-in curves by hour of the week: assumptions, each with its reason, for a district that has no document `curves` of its own.

`data/gwangsan/curves.json` was written from this table; the office exports, mends and imports its own (`geo-app demand curves-export`).
No public count of riders, designated drivers or couriers of one district is known, so none is given.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from geo_app.domain.demand import HOURS_OF_WEEK, CurveStatus, JobCurve

Day = tuple[float, ...]  # 24 shares by hour

_ALL_DAY: Final = 24
_NIGHT_QUIET: Final = (0.15, 0.1, 0.06, 0.03, 0.03, 0.03, 0.03, 0.03, 0.05, 0.1)
_RIDER_DAY: Final[Day] = (*_NIGHT_QUIET, 0.25, 0.54, 0.5, 0.35, 0.3, 0.3, 0.4, 0.68, 1.0, 0.85, 0.62, 0.4, 0.33, 0.25)
_DRIVER_EVENING: Final = (0.1, 0.1, 0.7, 1.0, 1.0, 0.9, 0.6, 0.4, 0.3, 0.2)  # 18:00 to 04:00
_COURIER_DAY: Final[Day] = (*([0.0] * 7), 0.7, 0.7, *([1.0] * 9), 0.7, 0.7, *([0.0] * 4))
_SHIFT_DAY: Final[Day] = (
    *([0.1] * 5), 0.4, 0.5, 0.8, 1.0, 0.4, 0.1, 0.1, 0.3, 0.3, 0.4, 0.2, 0.2, 0.5, 0.8, 0.5, 0.6, 0.3, 0.4, 0.2,
)  # fmt: skip

# Monday to Sunday, against the busiest day.
_RIDER_DAYS: Final = (0.88, 0.88, 0.88, 0.88, 0.88, 1.0, 1.0)
_DRIVER_DAYS: Final = (0.5, 0.5, 0.5, 0.5, 1.0, 0.6, 0.3)
_COURIER_DAYS: Final = (1.0, 1.0, 1.0, 1.0, 1.0, 0.8, 0.05)
_SHIFT_DAYS: Final = (1.0, 1.0, 1.0, 1.0, 1.0, 0.5, 0.25)


@lru_cache(maxsize=1)
def list_default_curves() -> tuple[JobCurve, ...]:
    """The four jobs: rider, designated driver, courier, shift worker of the complexes."""
    return (
        _job(
            "rider",
            ("배달 라이더", "Delivery rider", "Người giao đồ ăn", "外卖骑手", "Курьер доставки еды", "Taom yetkazuvchi"),
            {"residents": 1.0},
            _week([_RIDER_DAY] * 7, _RIDER_DAYS),
            "라이더의 근무시간이 아니라 주문의 시간 분포를 따른다고 가정합니다. 18시(14.9%)를 1로 두고 11시(8.0%)·19시(12.7%)를"
            " 그대로, 17~20시(44.2%)·10~13시(21.4%)·21~23시(15.6%)의 나머지를 나누었으며, 평일은 하루 배달 37.4건 대 주말 42.3건의"
            " 비로 낮추었습니다. 새벽은 어림입니다.",
            "바로고 2020년 1분기(https://m.etnews.com/20200414000065);"
            " 신한카드 2021-06(http://nbiz.heraldcorp.com/view.php?ud=20210824000219);"
            " 국토교통부 2022 조사(https://www.bsnewspaper.com/팬데믹-기간-동안-한국의-배달-노동자-수는-두-배로-증/)",
        ),
        _job(
            "designated-driver",
            ("대리운전 기사", "Designated driver", "Tài xế lái thay", "代驾司机", "Водитель на замену", "Oʻrinbosar haydovchi"),
            {"establishments": 0.5, "residents": 0.5},
            _week([_evening(_DRIVER_EVENING)] * 7, _DRIVER_DAYS, starts_at=18),
            "광주·전남북 이용 시각(20~22시 46.2%, 22~24시 42.3%, 18~20시와 자정 뒤 각 5.8%)과 요일(금 38.5%, 월~목 36.5%,"
            " 토 15.4%, 일 3.8%)에 맞추되, 기사는 콜을 기다리고 새벽에 돌아오므로 04시까지 남기고 요일 차이를 줄였습니다."
            " 손님을 태우는 곳(사업체)과 내리는 곳(주민)에 반씩 있다고 가정합니다. 밤은 시작한 날의 요일을 따릅니다.",
            "국토교통부 2020 대리운전 실태조사, 광주·전남·전북(https://kwangjuilbo.tistory.com/3188)",
        ),
        _job(
            "courier",
            ("택배 기사", "Parcel courier", "Nhân viên giao bưu kiện", "快递员", "Курьер посылок", "Posilka kuryeri"),
            {"residents": 0.5, "establishments": 0.5},
            _week([_COURIER_DAY] * 7, _COURIER_DAYS),
            "하루 12~14시간·주 6일 일한다는 답이 가장 많아 월~토 07~20시로 두었습니다. 07~09시는 터미널 분류작업, 18~20시는 남은"
            " 물량으로 보아 낮추었습니다. 일요일은 어림입니다.",
            "고용노동부 2020-11 택배기사 실태조사(https://m1.etoday.co.kr/view.php?idxno=1968834)",
        ),
        _job(
            "complex-shift",
            ("산업단지 교대근무자", "Shift worker of the complexes", "Công nhân làm ca khu công nghiệp", "工业园区轮班工人",
             "Сменный рабочий промзон", "Sanoat zonasi smena ishchisi"),
            {"complex-workers": 1.0},
            _week([_SHIFT_DAY] * 7, _SHIFT_DAYS),
            "공장 안의 사람이 아니라 교대 앞뒤로 밖에 있는 사람의 어림입니다. 2교대 08·20시, 3교대 06·14·22시, 주간 09~18시가 섞여 있다고"
            " 가정했고, 이 구의 교대 시각을 조사한 자료는 찾지 못했습니다. 주말은 어림입니다.",
            "",
        ),
    )  # fmt: skip


def _job(job_id: str, names: tuple[str, ...], base: Mapping[str, float], curve: tuple[float, ...], reason: str, source: str) -> JobCurve:
    by_language = dict(zip(("ko", "en", "vi", "zh", "ru", "uz"), names, strict=True))
    return JobCurve(job_id, by_language, base, curve, CurveStatus.ASSUMPTION, reason, source)


def _week(days: list[Day], day_shares: tuple[float, ...], *, starts_at: int = 0) -> tuple[float, ...]:
    """168 shares: each day's 24 hours, which begin at `starts_at` and may run into the next day, times that day's share."""
    hours = [0.0] * HOURS_OF_WEEK
    for number, (day, share) in enumerate(zip(days, day_shares, strict=True)):
        for hour, value in enumerate(day):
            hours[(number * _ALL_DAY + starts_at + hour) % HOURS_OF_WEEK] = round(value * share, 4)
    return tuple(hours)


def _evening(hours: tuple[float, ...]) -> Day:
    """24 hours that begin with the given ones."""
    return (*hours, *([0.0] * (_ALL_DAY - len(hours))))
